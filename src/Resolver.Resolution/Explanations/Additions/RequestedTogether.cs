using Resolver.Resolution.Consistency;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Roots that are taken in one after the other, with everything that could be added there, as far as arc
/// consistency sees that they cannot all be had: each costs what it reaches and not what was taken in before.</summary>
internal sealed class RequestedTogether
{
    /// <summary>Conflicts that rest on more facts are left to the search.</summary>
    private const int MostFacts = 5_000;

    private readonly ExtendedProblem extended;
    private readonly CandidateProblem problem;
    private readonly ArcConsistency live;

    public RequestedTogether(ExtendedProblem extended)
    {
        (this.extended, problem) = (extended, extended.Problem);
        live = new ArcConsistency(problem);
        foreach (var root in problem.Roots.ToArray())
            live.Reach(problem.Target(root));
        live.Begin();
    }

    /// <summary>How far things went, for <see cref="UndoTo"/>.</summary>
    public (int Removals, int Presences) Mark => live.Mark;

    /// <summary>Takes the root in.</summary>
    /// <param name="root">As text.</param>
    /// <param name="among">Roots that cannot be had together, this one included; null where there is none, or where
    /// they rest on too much.</param>
    /// <returns>Whether it was taken in: that nothing is seen to speak against it proves nothing.</returns>
    public bool TakeIn(string root, out IReadOnlyList<string>? among)
    {
        among = null;
        var mark = live.Mark;
        if (Require(root) is not { } project)
            return true;
        among = new RemovalFacts(problem, live, MostFacts).RootsOf(project) is { } ids
            ? extended.InOrder(ids.Where(id => problem.RoleOf(id) == Role.Root).Select(problem.TextOf))
            : null;
        live.UndoTo(mark);
        return false;
    }

    /// <summary>Takes the root in.</summary>
    /// <returns>Whether it was taken in: that nothing is seen to speak against it proves nothing.</returns>
    public bool TakeIn(string root)
    {
        var mark = live.Mark;
        if (Require(root) is null)
            return true;
        live.UndoTo(mark);
        return false;
    }

    /// <summary>Whether a candidate is left for the root.</summary>
    public bool CanBeHad(string root) => extended.RequirementsOf(root).All(live.IsSupported);

    /// <summary>The variable of each candidate that went since.</summary>
    public IEnumerable<VariableId> RemovedSince((int Removals, int Presences) mark) => live.RemovedSince(mark);

    /// <summary>Lets go of what was taken in since.</summary>
    public void UndoTo((int Removals, int Presences) mark) => live.UndoTo(mark);

    private VariableId? Require(string root)
    {
        VariableId? wiped = null;
        foreach (var id in extended.RequirementsOf(root))
            wiped ??= live.Require(id);
        return wiped;
    }
}
