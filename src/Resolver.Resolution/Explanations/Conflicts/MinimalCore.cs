using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>
/// A minimal unsatisfiable core by deletion, each solve's own refutation pruning the rest (so that a core of n facts
/// out of a refutation of m costs about n solves rather than m).
/// </summary>
internal sealed class MinimalCore
{
    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly SolveBudget budget;

    public MinimalCore(Problem problem, IProblemText text, SolveBudget budget) =>
        (this.problem, this.text, this.budget) = (problem, text, budget);

    /// <summary>Facts that cannot hold together; null where a limit was reached before any refutation, or there is a
    /// selection.</summary>
    public IReadOnlyList<Assumption>? Facts { get; private set; }

    /// <summary>Whether letting any one of them go leaves the others satisfiable.</summary>
    public bool IsMinimal { get; private set; }

    /// <summary>Whether there is a selection, so that there is no core.</summary>
    public bool IsSatisfiable { get; private set; }

    /// <summary>The selection there is without what was released, where <see cref="IsSatisfiable"/> of it.</summary>
    public FoundSelection? Selection { get; private set; }

    /// <param name="released">Facts that the core may not hold on to: it is one of the problem without them.</param>
    public void Find(IReadOnlyCollection<Assumption>? released = null)
    {
        Outcome outcome;
        if (released is { Count: > 0 })
        {
            (outcome, var relaxed) = RelaxedSolver.SolveInPassing(
                readsAhead => RelaxedProblem.Without(problem, text, released, null, readsAhead),
                budget
            );
            Selection = outcome is Outcome.Satisfiable { Selection: var selection }
                ? FoundSelection.Of(relaxed, selection)
                : null;
        }
        else
        {
            outcome = budget.Solve(problem, trace: true);
        }
        IsSatisfiable = outcome is Outcome.Satisfiable;
        if (outcome is Outcome.Unsatisfiable { Refutation: { } refutation })
            Minimise(refutation, released);
    }

    /// <summary>A core among what a refutation uses.</summary>
    /// <param name="released">Facts that the core may not hold on to, and that the refutation does not use.</param>
    public void Minimise(Refutation refutation, IReadOnlyCollection<Assumption>? released = null)
    {
        var facts = Assumptions(problem, text, refutation, released ?? []);
        Facts = facts;
        var needed = new List<Assumption>();
        // Deep facts go first: what remains is near to what the user requested.
        while (facts.Count > 0)
        {
            var candidate = facts[^1];
            facts.RemoveAt(facts.Count - 1);
            switch (budget.Solve(RelaxedProblem.Only(problem, text, [.. needed, .. facts]), trace: true))
            {
                case Outcome.Satisfiable:
                    needed.Add(candidate);
                    break;
                case Outcome.Unsatisfiable { Refutation: { } smaller }:
                    var used = Assumptions(problem, text, smaller, []).ToHashSet();
                    facts.RemoveAll(each => !used.Contains(each));
                    break;
                default:
                    facts.Add(candidate);
                    Facts = [.. facts, .. needed];
                    return;
            }
        }
        needed.Reverse();
        Facts = needed;
        IsMinimal = true;
    }

    /// <summary>The facts that a refutation uses.</summary>
    /// <param name="released">Facts that are not held on to.</param>
    public static List<Assumption> Assumptions(
        Problem problem,
        IProblemText text,
        Refutation refutation,
        IReadOnlyCollection<Assumption> released
    )
    {
        var facts = new List<Assumption>();
        var known = new HashSet<Assumption>(released);
        foreach (var axiom in refutation.Axioms)
        {
            switch (axiom)
            {
                case Axiom.Requirement requirement:
                    Add(Whole(problem, text, requirement));
                    break;
                case Axiom.Unusable unusable:
                    // The phantom of a relaxed problem is no fact of its own: that it is not there is 'no others'.
                    foreach (
                        var candidate in unusable.Candidates.Where(each =>
                            each < problem.CandidateCount(unusable.Variable)
                        )
                    )
                        Add(
                            new Assumption.Unusable(
                                unusable.Variable,
                                text.WhyUnusable(unusable.Variable, candidate)?.Kind ?? UnusableKind.Policy
                            )
                        );
                    break;
                // Every search finds these itself: they follow from the requirements.
                case Axiom.Theory { Nogood.Certificate: UnfoundedExtra }:
                    break;
                case Axiom.Theory theory:
                    Add(new Assumption.Cycle(theory.Nogood));
                    break;
            }
        }
        // That there is nothing else is silently used of every project that a requirement speaks of.
        foreach (
            var target in facts
                .OfType<Assumption.Requires>()
                .SelectMany(each => each.Line(problem, text))
                .Select(problem.Target)
                .Where(each => !text.IsExtra(each))
                .Distinct()
                .ToList()
        )
            Add(new Assumption.NoOthers(target));
        return facts;

        void Add(Assumption fact)
        {
            if (known.Add(fact))
                facts.Add(fact);
        }
    }

    /// <summary>All neighbours of the run that require the same: a search that does not read ahead knows of
    /// fewer.</summary>
    private static Assumption.Requires Whole(Problem problem, IProblemText text, Axiom.Requirement axiom) =>
        Assumption.Requires.Whole(problem, text, axiom.Source, axiom.Run.First.Index, axiom.Run.Last.Index, axiom.Id);
}
