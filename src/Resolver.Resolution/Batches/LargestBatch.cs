using Resolver.Resolution.Consistency;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Batches;

/// <summary>
/// The largest part of a batch that can be ordered together, and the newest versions among the largest.
/// </summary>
/// <remarks>
/// Four steps, each of which leaves less to the next. Arc consistency removes what is impossible whatever is chosen.
/// A search in discovery order finds a maximal selection. Projects of it that nothing can improve on and nobody
/// disputes are settled (<see cref="SettledProjects"/>). What is left falls into parts that share no requirement; in
/// each a core-guided search (<see cref="ObjectiveSearch"/>) finds the fewest projects to leave out, with a proof: each
/// conflict it meets names projects that cannot all be ordered, and disjoint conflicts add up to a bound.
/// </remarks>
internal sealed class LargestBatch
{
    /// <summary>Decisions and propagations spent on all parts together before the best so far is the answer: about
    /// a second. Counted, not timed, so that the same batch has the same answer everywhere.</summary>
    private const long MostEffort = 2_000_000;

    /// <summary>What each part may spend at least, however large the parts before it were.</summary>
    private const long LeastEffort = 100_000;

    /// <summary>Conflicts that a search which only improves on the best so far may take.</summary>
    private const long MostConflictsToImprove = 300;

    private readonly CandidateProblem problem;
    private readonly IReadOnlyList<BatchChoice> choices;
    private readonly SolveOptions options;
    private readonly CancellationToken cancellation;
    private readonly int[] chosen;
    private readonly RequirementId[] requested;
    private long effort = MostEffort;

    public LargestBatch(
        CandidateProblem problem,
        IReadOnlyList<BatchChoice> choices,
        SolveOptions options,
        CancellationToken cancellation
    )
    {
        (this.problem, this.choices, this.options, this.cancellation) = (problem, choices, options, cancellation);
        chosen = new int[choices.Count];
        Array.Fill(chosen, -1);
        var own = choices.Select(each => each.Root).ToHashSet();
        requested = [.. problem.Roots.ToArray().Where(each => !own.Contains(each))];
    }

    /// <summary>What arc consistency left; afterwards <see cref="LeftOutReasons"/> goes on with it.</summary>
    public required ArcConsistency Live { get; init; }

    /// <summary>By choice: the version that is ordered, or -1.</summary>
    public IReadOnlyList<int> Chosen => chosen;

    /// <summary>No selection orders more projects than these.</summary>
    public int AtMost { get; private set; }

    /// <summary>The result of the first search; anything but a selection is the outcome of the whole.</summary>
    public Outcome? Failure { get; private set; }

    /// <summary>The parts of the batch that were searched, by choice: what explains a conflict lies in one of them; -1
    /// where the choice is in none.</summary>
    public int[] PartOf { get; private set; } = [];

    /// <summary>Decides.</summary>
    /// <returns>False where there is no selection at all, or a limit came before any (<see cref="Failure"/>).</returns>
    public bool Find(ISolver solver)
    {
        var open = Enumerable.Range(0, choices.Count).Where(each => HighestLive(each) >= 0).ToList();
        PartOf = new int[choices.Count];
        Array.Fill(PartOf, -1);
        AtMost = open.Count;
        var first = solver.Solve(
            new LiveProblem(problem, Live, [.. requested, .. open.Select(each => choices[each].Root)]),
            options,
            cancellation
        );
        if (first is not Outcome.Satisfiable { Selection: var selection })
        {
            Failure = first;
            return false;
        }
        foreach (var each in open)
            chosen[each] = selection[choices[each].Variable] - 1;
        var notBest = open.Where(each => chosen[each] != HighestLive(each))
            .Select(each => problem.VariableOf(choices[each].Name))
            .ToHashSet();
        if (notBest.Count == 0)
            return true;
        var roots = requested.Any(each => problem.RoleOf(each) != Role.Constraint);
        var settled = roots ? null : new SettledProjects(problem, Live, selection, notBest);
        var isSettled = settled is null ? (Func<VariableId, bool>)(_ => false) : settled.Contains;
        open.RemoveAll(each => isSettled(problem.VariableOf(choices[each].Name)));
        var parts = roots ? [open] : Parts(open, isSettled);
        for (var i = 0; i < parts.Count; i++)
        {
            foreach (var each in parts[i])
                PartOf[each] = i;
            if (parts[i].Exists(each => chosen[each] != HighestLive(each)))
                Improve(parts[i], isSettled);
        }
        return true;
    }

    private int HighestLive(int choice)
    {
        for (var i = choices[choice].Versions.Count; i > 0; i--)
        {
            if (Live.IsLive(choices[choice].Variable, i))
                return i - 1;
        }
        return -1;
    }

    /// <summary>Choices that are connected by requirements among what is not settled, in the order given.</summary>
    private List<List<int>> Parts(List<int> open, Func<VariableId, bool> isSettled)
    {
        var parent = new Dictionary<int, int>();
        foreach (var variable in Live.Reached.ToList())
        {
            var project = Live.ProjectOf(variable);
            if (project != variable || isSettled(project))
                continue;
            for (var i = 0; i < problem.CandidateCount(variable); i++)
            {
                if (!Live.IsLive(variable, i))
                    continue;
                foreach (var id in problem.RequirementsOf(variable, i))
                {
                    var target = Live.ProjectOf(problem.Target(id));
                    if (!isSettled(target))
                        parent[Top(target.Index)] = Top(variable.Index);
                }
            }
        }
        return
        [
            .. open.GroupBy(each => Top(problem.VariableOf(choices[each].Name).Index)).Select(group => group.ToList()),
        ];

        int Top(int variable)
        {
            var top = variable;
            while (parent.TryGetValue(top, out var next) && next != top)
                top = next;
            while (parent.TryGetValue(variable, out var next) && next != top && next != variable)
                (parent[variable], variable) = (top, next);
            return top;
        }
    }

    private void Improve(List<int> part, Func<VariableId, bool> isSettled)
    {
        var question = new BatchPart(
            problem,
            Live,
            [
                .. part.Select(each => choices[each].Root),
                .. requested.Where(each => problem.RoleOf(each) != Role.Constraint), // those were applied before
            ],
            isSettled
        );
        var slack = new ObjectiveSlack((variable, candidate) => variable.Index < part.Count && candidate == 0);
        foreach (var conflict in DisjointConflicts.Find(problem, Live, [.. part.Select(each => choices[each].Root)]))
            slack.Widen([.. conflict.Select(each => new VariableId(each))]);
        if (slack.AtLeast < Missing(part))
            TakeSparing(part, question);
        var given = Math.Max(effort, LeastEffort);
        var left = given;
        if (ObjectiveSearch.Minimise(question, slack, options, ref left, cancellation) is { } best)
            Take(part, best);
        else
            TakeOneMore(part, question, slack.AtLeast);
        effort -= given - left;
        AtMost -= slack.AtLeast;
    }

    private int Missing(List<int> part) => part.Count(each => chosen[each] < 0);

    /// <summary>The newest of a popular project may exclude many others: a search that starts from versions that
    /// exclude few gives a better selection to begin with.</summary>
    private void TakeSparing(List<int> part, BatchPart question)
    {
        var own = part.Select(each => choices[each]).ToList();
        var guess = SparingVersions.Guess(
            Live,
            own,
            (choice, version) => problem.RequirementsOf(own[choice].Variable, version + 1)[0]
        );
        var outcome = new DomainSolver().Solve(new GuessedProblem(question, guess), Limited, cancellation);
        if (
            outcome is Outcome.Satisfiable { Selection: var selection }
            && part.Where((_, i) => selection[new VariableId(i)] > 0).Count() > part.Count - Missing(part)
        )
            Take(part, selection);
    }

    private SolveOptions Limited =>
        options with
        {
            ConflictLimit = Math.Min(options.ConflictLimit ?? long.MaxValue, MostConflictsToImprove),
        };

    /// <summary>Without a proof of the least: as long as a short search finds a selection with one project more, that
    /// is the answer.</summary>
    private void TakeOneMore(List<int> part, BatchPart question, int atLeast)
    {
        var solver = new DomainSolver();
        while (Missing(part) is var missing && missing > atLeast)
        {
            var bound = new SelectionBound(
                [.. part.Select((_, i) => new SelectionTerm(new VariableId(i), [0]))],
                missing - 1
            );
            if (
                solver.Solve(new CountedProblem(question, bound), Limited, cancellation)
                is not Outcome.Satisfiable { Selection: var better }
            )
                return;
            Take(part, better);
        }
    }

    private void Take(List<int> part, Selection selection)
    {
        for (var i = 0; i < part.Count; i++)
            chosen[part[i]] = selection[new VariableId(i)] - 1;
    }

    /// <summary>Each optional root prefers the version that was guessed, then the newest.</summary>
    private sealed class GuessedProblem(Problem inner, int[] guess) : DerivedProblem(inner)
    {
        public override ReadOnlySpan<int> Preference(VariableId variable) =>
            variable.Index < guess.Length && guess[variable.Index] >= 0
                ? Enumerable
                    .Range(1, CandidateCount(variable) - 1)
                    .OrderBy(each => each != guess[variable.Index] + 1)
                    .ThenByDescending(each => each)
                    .Append(0)
                    .ToArray()
                : base.Preference(variable);

        public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) =>
            Preference(variable);
    }

    private sealed class CountedProblem(Problem inner, SelectionBound bound) : DerivedProblem(inner)
    {
        public override IReadOnlyList<SelectionBound> Bounds { get; } = [bound];
    }
}
