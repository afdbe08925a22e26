using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>
/// Whether the problem has a selection with some of a core's facts dropped, asked repeatedly. The first selection
/// takes a walk through all that is reached; later ones start from it and leave alone what is far from the core
/// (<see cref="PatchedProblem"/>), so that they cost what the core is, not what the problem is.
/// </summary>
internal sealed class RelaxedSolver
{
    /// <summary>How often the blocking choices are freed before all are.</summary>
    private const int MostWidenings = 3;

    /// <summary>Conflicts before a search reads ahead: one that meets few never pays for what it does not
    /// take.</summary>
    private const int MostConflictsInPassing = 50;

    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly SolveBudget budget;
    private readonly HashSet<int> near = [];
    private readonly List<Refutation> refutations = [];
    private FoundSelection? found;

    /// <param name="core">The facts some of which are dropped each time.</param>
    /// <param name="found">A selection without some of them, where one is known.</param>
    public RelaxedSolver(
        Problem problem,
        IProblemText text,
        SolveBudget budget,
        IReadOnlyList<Assumption> core,
        FoundSelection? found = null
    )
    {
        (this.problem, this.text, this.budget, this.found) = (problem, text, budget, found);
        Approach(core);
    }

    /// <summary>The refutation of the last question that had no selection, where it holds for the whole problem; else
    /// null.</summary>
    public Refutation? Refutation
    {
        get;
        private set
        {
            if ((field = value) is { } refutation)
                refutations.Add(refutation);
        }
    }

    /// <summary>All such refutations so far.</summary>
    public IReadOnlyList<Refutation> Refutations => refutations;

    /// <summary>A selection, or null: there is none, or a limit came first.</summary>
    public FoundSelection? Without(
        IReadOnlyList<Assumption> released,
        IReadOnlyDictionary<RequirementId, RequirementId>? instead = null
    ) => Solve(readsAhead => RelaxedProblem.Without(problem, text, released, instead, readsAhead), released);

    /// <summary>Solves a problem that is likely to have a selection: reading ahead only where conflicts show that it
    /// pays.</summary>
    /// <param name="make">The problem, told whether to read ahead.</param>
    public static (Outcome Outcome, RelaxedProblem Problem) SolveInPassing(
        Func<bool, RelaxedProblem> make,
        SolveBudget budget
    )
    {
        var relaxed = make(false);
        var outcome = budget.Solve(relaxed, trace: true, MostConflictsInPassing);
        return outcome is Outcome.GaveUp
            ? (budget.Solve(relaxed = make(true), trace: true), relaxed)
            : (outcome, relaxed);
    }

    private FoundSelection? Solve(Func<bool, RelaxedProblem> make, IReadOnlyList<Assumption> released)
    {
        var relaxed = make(false);
        Refutation = null;
        if (found is not null)
        {
            var free = new HashSet<int>(near);
            for (var widening = 0; widening < MostWidenings; widening++)
            {
                var patched = new PatchedProblem(relaxed, found, free);
                switch (budget.Solve(patched, trace: true, MostConflictsInPassing))
                {
                    case Outcome.Satisfiable { Selection: var selection } when !patched.IsStuck:
                        return patched.Complete(selection);
                    case Outcome.Unsatisfiable { Refutation: { } refutation }:
                        if (patched.Blamed(refutation) is not { Count: > 0 } blamed)
                        {
                            Refutation = refutation;
                            return null;
                        }
                        free.UnionWith(blamed);
                        continue;
                }
                break;
            }
        }
        (var outcome, relaxed) = SolveInPassing(make, budget);
        Refutation = (outcome as Outcome.Unsatisfiable)?.Refutation;
        if (outcome is not Outcome.Satisfiable { Selection: var whole })
            return null;
        var selected = FoundSelection.Of(relaxed, whole);
        if (found is null)
        {
            found = selected;
            Approach(released); // they may hold again in the next question
        }
        return selected;
    }

    /// <summary>What the facts speak of is free in every question.</summary>
    private void Approach(IReadOnlyList<Assumption> facts)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case Assumption.Requires each:
                    if (each.Source is { } source)
                        near.Add(source.Index);
                    foreach (var id in each.Line(problem, text))
                    {
                        near.Add(problem.Target(id).Index);
                        foreach (var condition in problem.Conditions(id))
                            near.Add(condition.Extra.Index);
                    }
                    break;
                case Assumption.NoOthers each:
                    near.Add(each.Project.Index);
                    break;
                case Assumption.Unusable each:
                    near.Add(each.Project.Index);
                    break;
                case Assumption.Cycle each:
                    near.UnionWith(each.Nogood.Terms.Select(term => term.Variable.Index));
                    break;
            }
        }
    }
}
