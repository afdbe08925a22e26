using Resolver.Resolution.Explanations;
using Resolver.Resolution.Plans;

namespace Resolver.Resolution.Planning;

/// <summary>Why a version is not in a plan: a closed set.</summary>
public abstract record WhyNotAnswer
{
    private WhyNotAnswer() { }

    /// <summary>It is in the plan.</summary>
    public sealed record Chosen(PlanStep Step) : WhyNotAnswer;

    /// <summary>What was chosen is the newest there is.</summary>
    public sealed record Newest(PlanStep Step) : WhyNotAnswer;

    /// <summary>No plan can have it.</summary>
    public sealed record Impossible(Explanation Explanation) : WhyNotAnswer;

    /// <summary>A plan could, at a price: the first thing in discovery order that would be worse. Nothing reaches the
    /// project where <paramref name="Best"/> is null.</summary>
    /// <param name="Best">What the best plan has there.</param>
    /// <param name="Instead">What a plan with the version has instead, or null where it lacks the project.</param>
    public sealed record Worse(PlanStep? Best, PlanStep? Instead) : WhyNotAnswer;

    /// <summary>A limit was reached first.</summary>
    public sealed record GaveUp(string Limit) : WhyNotAnswer;
}
