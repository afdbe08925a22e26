using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;

namespace Resolver.Resolution.Planning;

/// <summary>Why one step of a plan comes before another: a closed set.</summary>
public abstract record WhyBeforeAnswer
{
    private WhyBeforeAnswer() { }

    /// <summary>The plan does not have the project.</summary>
    public sealed record NotPlanned(PackageName Name) : WhyBeforeAnswer;

    /// <summary>The build of <paramref name="Second"/> waits for <paramref name="First"/>, along this way.</summary>
    public sealed record Needed(PlanStep First, PlanStep Second, IReadOnlyList<WhyLink> Way) : WhyBeforeAnswer;

    /// <summary>It is the other way round: the build of <paramref name="First"/> waits for
    /// <paramref name="Second"/>.</summary>
    public sealed record After(PlanStep First, PlanStep Second, IReadOnlyList<WhyLink> Way) : WhyBeforeAnswer;

    /// <summary>Neither waits for the other; where their stages differ, the later one waits for
    /// <paramref name="Latest"/>, which decides its stage.</summary>
    public sealed record Free(PlanStep First, PlanStep Second, PlanStep? Latest) : WhyBeforeAnswer;
}
