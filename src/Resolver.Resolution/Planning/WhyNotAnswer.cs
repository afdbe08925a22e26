using Resolver.Resolution.Explanations;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

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

    /// <summary>A plan could, but would be worse: the first project in the planner's order for which the best plan
    /// has something better. No requirement leads to the project where <paramref name="Best"/> and
    /// <see cref="Asked"/> are null.</summary>
    /// <param name="Best">What the best plan has there.</param>
    /// <param name="Instead">What a plan with the version has instead, or null where it lacks the project.</param>
    public sealed record Worse(PlanStep? Best, PlanStep? Instead) : WhyNotAnswer
    {
        /// <summary>Why the planner prefers <see cref="Best"/>; null where what the plan has beside it
        /// decides.</summary>
        public PreferenceRule? Rule { get; init; }

        /// <summary>The first requested objective in which the plan would be worse, and both values.</summary>
        public (Objective Objective, int Best, int Instead)? Objective { get; init; }

        /// <summary>The project that the question is about, in both plans.</summary>
        public PlanChange? Asked { get; init; }

        /// <summary>What else would change, in the planner's order.</summary>
        public IReadOnlyList<PlanChange> Changes { get; init; } = [];
    }

    /// <summary>A limit was reached first.</summary>
    public sealed record GaveUp(string Limit) : WhyNotAnswer;
}
