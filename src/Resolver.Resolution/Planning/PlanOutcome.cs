using Resolver.Resolution.Explanations;
using Resolver.Resolution.Plans;

namespace Resolver.Resolution.Planning;

/// <summary>The outcome of planning: a closed set.</summary>
public abstract record PlanOutcome
{
    private PlanOutcome() { }

    /// <summary>There is a plan; where <paramref name="Proven"/>, it is the defined best one.</summary>
    public sealed record Planned(Plan Plan, bool Proven) : PlanOutcome;

    /// <summary>There is none, and this is why.</summary>
    public sealed record Impossible(Explanation Explanation, PlanStatistics Statistics) : PlanOutcome;

    /// <summary>A limit was reached first: neither an answer nor 'impossible'. <paramref name="Limit"/> is for a
    /// person.</summary>
    public sealed record GaveUp(string Limit, PlanStatistics Statistics) : PlanOutcome;

    /// <summary>An input cannot be used: exit code 3. One line for each, naming the file.</summary>
    public sealed record BadInput(IReadOnlyList<string> Errors) : PlanOutcome;
}
