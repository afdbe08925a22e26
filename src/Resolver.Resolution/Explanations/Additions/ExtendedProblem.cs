using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A problem in which everything that could be added is there: each question says what of it may be chosen,
/// and which roots hold. What was added is chosen only where nothing else will do.</summary>
internal sealed class ExtendedProblem
{
    private readonly SolveBudget budget;
    private readonly Dictionary<VariableId, (int Index, Addition Addition)[]> added = [];
    private readonly Dictionary<VariableId, int[]> preferences = [];
    private readonly ILookup<Candidates.Candidate, Addition> byFile;

    /// <param name="problem">The problem without the files.</param>
    /// <param name="additions">The files.</param>
    public ExtendedProblem(CandidateProblem problem, IReadOnlyList<Addition> additions, SolveBudget budget)
    {
        this.budget = budget;
        Additions = additions;
        byFile = additions.ToLookup(each => each.File);
        var source = new SourceWithMore(problem.Source, additions.Select(each => each.File));
        var request = problem.Request with
        {
            Roots =
            [
                .. problem
                    .Request.Roots.OrderBy(each => each.Name)
                    .ThenBy(each => each.ToString(), StringComparer.Ordinal),
            ],
        };
        Problem = problem.Remade(
            source,
            request,
            builds: problem.Builds is null ? null : BuildEnvironments.Granted(source, request)
        );
        Roots =
        [
            .. Problem.Roots.ToArray().Where(id => Problem.RoleOf(id) == Role.Root).Select(Problem.TextOf).Distinct(),
        ];
    }

    /// <summary>The problem with the files; its roots are in the order of their names.</summary>
    public CandidateProblem Problem { get; }

    /// <summary>Everything that could be added.</summary>
    public IReadOnlyList<Addition> Additions { get; }

    /// <summary>What is requested, as text: both halves of a requirement with extras are one.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>A selection, or a refutation.</summary>
    /// <param name="allowed">What of the additions may be chosen.</param>
    /// <param name="roots">What is requested; constraints hold in any case.</param>
    /// <exception cref="SolveStopped">A limit was reached.</exception>
    public Outcome Solve(IReadOnlySet<AdditionGroup> allowed, IReadOnlySet<string> roots)
    {
        budget.ThrowIfOver();
        var outcome = budget.Solve(new Question(this, allowed, roots), trace: true);
        return outcome is Outcome.GaveUp gaveUp ? throw new SolveStopped(gaveUp.Limit) : outcome;
    }

    /// <summary>The additions that a selection takes.</summary>
    public IReadOnlyList<Addition> Taken(Selection selection) =>
        [
            .. selection
                .Order.SelectMany(variable =>
                    AddedTo(variable).Where(each => each.Index == selection[variable]).Select(each => each.Addition)
                )
                .OrderBy(each => each.Group),
        ];

    /// <summary>The additions whose absence a refutation rests on.</summary>
    public IEnumerable<AdditionGroup> Lacking(Refutation refutation) =>
        refutation
            .Axioms.OfType<Axiom.Unusable>()
            .SelectMany(each => AddedTo(each.Variable).Where(other => each.Candidates.Contains(other.Index)))
            .Select(each => each.Addition.Group)
            .Distinct();

    /// <summary>What is requested that a refutation rests on.</summary>
    public IReadOnlyList<string> RootsOf(Refutation refutation)
    {
        var used = refutation
            .Axioms.OfType<Axiom.Requirement>()
            .Where(each => each.Source is null && Problem.RoleOf(each.Id) == Role.Root)
            .Select(each => Problem.TextOf(each.Id))
            .ToHashSet();
        return [.. Roots.Where(used.Contains)];
    }

    private (int Index, Addition Addition)[] AddedTo(VariableId variable)
    {
        if (!added.TryGetValue(variable, out var known))
            added.Add(
                variable,
                known = [
                    .. Problem
                        .CandidatesOf(variable)
                        .Index()
                        .SelectMany(each => byFile[each.Item].Select(addition => (each.Index, addition))),
                ]
            );
        return known;
    }

    private int[] PreferenceOf(VariableId variable)
    {
        if (!preferences.TryGetValue(variable, out var known))
        {
            var late = AddedTo(variable).ToDictionary(each => each.Index, each => each.Addition.IsKnown ? 1 : 2);
            var order = Problem.Preference(variable).ToArray();
            preferences.Add(variable, known = [.. order.OrderBy(each => late.GetValueOrDefault(each))]);
        }
        return known;
    }

    private sealed class Question : DerivedProblem
    {
        private readonly ExtendedProblem whole;
        private readonly IReadOnlySet<AdditionGroup> allowed;
        private readonly RequirementId[] roots;

        public Question(ExtendedProblem whole, IReadOnlySet<AdditionGroup> allowed, IReadOnlySet<string> requested)
            : base(whole.Problem)
        {
            (this.whole, this.allowed) = (whole, allowed);
            roots =
            [
                .. whole
                    .Problem.Roots.ToArray()
                    .Where(id => whole.Problem.RoleOf(id) != Role.Root || requested.Contains(whole.Problem.TextOf(id))),
            ];
        }

        public override ReadOnlySpan<RequirementId> Roots => roots;

        public override void Usable(VariableId variable, Span<ulong> words)
        {
            base.Usable(variable, words);
            foreach (var (index, addition) in whole.AddedTo(variable))
            {
                if (!allowed.Contains(addition.Group))
                    words[index >> 6] &= ~(1UL << index);
            }
        }

        public override ReadOnlySpan<int> Preference(VariableId variable) => whole.PreferenceOf(variable);

        public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) =>
            whole.PreferenceOf(variable);
    }
}
