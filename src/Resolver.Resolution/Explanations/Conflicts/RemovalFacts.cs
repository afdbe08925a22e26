using Resolver.Resolution.Consistency;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>The facts that the removal of a candidate rests on, down to what is missing, unusable, or taken for
/// granted.</summary>
/// <param name="most">Gives up beyond as many facts: nobody reads them.</param>
internal sealed class RemovalFacts(CandidateProblem problem, ArcConsistency consistency, int most)
{
    private readonly List<Assumption> facts = [];
    private readonly HashSet<Assumption> known = [];
    private readonly HashSet<(int Variable, int Candidate)> seen = [];
    private readonly HashSet<VariableId> present = [];
    private readonly Stack<(VariableId Variable, int Candidate)> open = new();

    /// <summary>The facts, those first that the removal rests on directly; null where they are too many.</summary>
    /// <param name="root">What asks for the candidates.</param>
    /// <param name="removed">Candidates that were removed.</param>
    public IReadOnlyList<Assumption>? Of(RequirementId root, IEnumerable<(VariableId Variable, int Candidate)> removed)
    {
        AddRoot(root);
        return Follow(removed);
    }

    /// <summary>The roots because of which a project must be there, and has no candidate left.</summary>
    public IReadOnlySet<RequirementId>? RootsOf(VariableId wiped)
    {
        if (consistency.PresenceOf(wiped) is var (requirement, source) && present.Add(wiped))
            AddHolding(source, requirement, wiped, int.MaxValue);
        return Follow(Enumerable.Range(0, consistency.CountOf(wiped)).Select(each => (wiped, each)))
            ?.OfType<Assumption.Requires>()
            .Where(each => each.Source is null)
            .Select(each => each.Id)
            .ToHashSet();
    }

    private List<Assumption>? Follow(IEnumerable<(VariableId Variable, int Candidate)> removed)
    {
        foreach (var each in removed)
            open.Push(each);
        while (open.TryPop(out var next))
        {
            if (facts.Count > most)
                return null;
            if (seen.Add((next.Variable.Index, next.Candidate)))
                Add(next.Variable, next.Candidate);
        }
        return facts.Count > most ? null : facts;
    }

    private void Add(VariableId variable, int candidate)
    {
        var project = consistency.ProjectOf(variable);
        var (cause, requirement, source, order) = consistency.RemovalOf(variable, candidate);
        switch (cause)
        {
            case ArcConsistency.Cause.Unusable:
                Note(
                    new Assumption.Unusable(
                        project,
                        problem.WhyUnusable(project, candidate)?.Kind ?? UnusableKind.Policy
                    )
                );
                break;
            case ArcConsistency.Cause.Project:
                open.Push((project, candidate));
                break;
            case ArcConsistency.Cause.Unsupported:
                AddUnmet(project, candidate, requirement);
                break;
            case ArcConsistency.Cause.Excluded:
                AddHolding(source, requirement, project, order);
                break;
        }
    }

    private void AddUnmet(VariableId project, int candidate, RequirementId requirement)
    {
        Note(FactOf(project, candidate, requirement));
        var target = problem.Target(requirement);
        Note(new Assumption.NoOthers(consistency.ProjectOf(target)));
        for (var i = consistency.CountOf(target) - 1; i >= 0; i--)
        {
            if (consistency.Meets(requirement, i))
                open.Push((target, i));
        }
    }

    /// <summary>What something that must be there requires of the target.</summary>
    private void AddHolding(VariableId source, RequirementId requirement, VariableId target, int before)
    {
        if (source.Index < 0)
        {
            AddRoot(requirement);
            return;
        }
        Note(new Assumption.NoOthers(source));
        for (var i = consistency.CountOf(source) - 1; i >= 0; i--)
        {
            // What was gone by then has no say.
            if (
                consistency.RemovalOf(source, i) is { Cause: not ArcConsistency.Cause.None } gone
                && gone.Order < before
            )
            {
                open.Push((source, i));
                continue;
            }
            foreach (var id in problem.RequirementsOf(source, i).ToArray())
            {
                if (problem.Target(id) == target && consistency.Counts(id, null))
                    Note(FactOf(source, i, id));
            }
        }
        if (consistency.PresenceOf(source) is var (through, other) && present.Add(source))
            AddHolding(other, through, source, before);
    }

    /// <summary>A version of a batch requests its artifacts: a root of the batch.</summary>
    private Assumption.Requires FactOf(VariableId source, int candidate, RequirementId id) =>
        problem.IsGiven(id)
            ? new Assumption.Requires(null, -1, -1, id)
            : Assumption.Requires.Whole(problem, problem, source, candidate, candidate, id);

    private void AddRoot(RequirementId root)
    {
        Note(new Assumption.Requires(null, -1, -1, root));
        Note(new Assumption.NoOthers(problem.Target(root)));
    }

    private void Note(Assumption fact)
    {
        if (known.Add(fact))
            facts.Add(fact);
    }
}
