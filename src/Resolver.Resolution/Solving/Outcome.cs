using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>The result of a solve: one of three, never confused with each other.</summary>
public abstract record Outcome
{
    private Outcome(SearchStatistics statistics) => Statistics = statistics;

    /// <summary>What it took.</summary>
    public SearchStatistics Statistics { get; init; }

    /// <summary>There is a selection.</summary>
    /// <param name="Selection">The selection found.</param>
    /// <param name="Proven">Whether it is the best one (docs/solver.md), shown by the search itself.</param>
    /// <param name="Statistics">What it took.</param>
    public sealed record Satisfiable(Selection Selection, bool Proven, SearchStatistics Statistics)
        : Outcome(Statistics);

    /// <summary>There is none.</summary>
    public sealed record Unsatisfiable : Outcome
    {
        internal Unsatisfiable(Refutation? refutation, SearchStatistics statistics)
            : base(statistics) => Refutation = refutation;

        /// <summary>The axioms it follows from, or null where <see cref="SolveOptions.Trace"/> was off or given
        /// up.</summary>
        internal Refutation? Refutation { get; init; }
    }

    /// <summary>A limit was reached first: neither an answer nor 'impossible'.</summary>
    public sealed record GaveUp(LimitReached Limit, SearchStatistics Statistics) : Outcome(Statistics);
}
