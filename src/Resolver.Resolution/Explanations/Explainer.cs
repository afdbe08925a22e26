using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations;

/// <summary>Says why a problem has no selection: a minimal core of facts, its story, near misses, and changes that were solved again.</summary>
public static class Explainer
{
    /// <summary>The explanation of a problem that is known to be unsatisfiable; null where a limit was reached before anything could be said.</summary>
    /// <param name="source">Where hints about what lies beside the problem come from; null where there is nothing beside.</param>
    public static Explanation? Explain(Problem problem, IProblemText text, ICandidateSource? source, PlanLimits limits, CancellationToken cancellation = default)
    {
        var budget = new SolveBudget(limits, cancellation);
        var core = new MinimalCore(problem, text, budget);
        core.Find();
        if (core.Facts is not { } assumptions)
            return null;
        var story = new Story(problem, text, assumptions);
        return new Explanation(
            story.Facts,
            core.IsMinimal,
            story.Tell(),
            new NearMisses(problem, text, source).Find(assumptions),
            new Repairs(problem, text, budget).Find(assumptions));
    }

    /// <summary>The core as one line about the root that is granted (<see cref="Story.TellReason"/>); null where there is a selection, or a limit was reached first.</summary>
    internal static string? Reason(Problem problem, IProblemText text, string granted, PlanLimits limits, CancellationToken cancellation)
    {
        var core = new MinimalCore(problem, text, new SolveBudget(limits, cancellation));
        core.Find();
        return core.Facts is { } facts ? new Story(problem, text, facts).TellReason(granted) : null;
    }
}
