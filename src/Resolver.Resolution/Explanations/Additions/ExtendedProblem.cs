using Resolver.Resolution.Encodings;
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
    private readonly Demands demands;
    private readonly Dictionary<VariableId, (int Index, Addition Addition)[]> added = [];
    private readonly Dictionary<VariableId, int[]> preferences = [];
    private readonly ILookup<Candidates.Candidate, Addition> byFile;
    private readonly Dictionary<RequirementId, ulong[]> satisfying = [];
    private readonly Dictionary<string, List<int>> places = [];
    private readonly List<int> constraints = [];
    private readonly ILookup<VariableId, string> byTarget;
    private readonly Dictionary<string, int> order = [];
    private Dictionary<VariableId, int>? requirers;

    /// <param name="problem">The problem without the files.</param>
    /// <param name="additions">The files.</param>
    /// <param name="demands">Takes note of what is refuted.</param>
    public ExtendedProblem(
        CandidateProblem problem,
        IReadOnlyList<Addition> additions,
        Demands demands,
        SolveBudget budget
    )
    {
        (this.budget, this.demands) = (budget, demands);
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
        var all = Problem.Roots;
        for (var i = 0; i < all.Length; i++)
        {
            if (Problem.RoleOf(all[i]) != Role.Root)
            {
                constraints.Add(i);
                continue;
            }
            var text = Problem.TextOf(all[i]);
            if (order.TryAdd(text, order.Count))
                places.Add(text, []);
            places[text].Add(i);
        }
        Roots = [.. order.OrderBy(each => each.Value).Select(each => each.Key)];
        byTarget = Roots.SelectMany(RequirementsOf).ToLookup(id => Problem.Target(id), Problem.TextOf);
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
        if (outcome is Outcome.Unsatisfiable { Refutation: { } refutation })
            demands.Note(Problem, refutation);
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
        return InOrder(used);
    }

    /// <summary>The roots of that text: both halves of a requirement with extras.</summary>
    public IEnumerable<RequirementId> RequirementsOf(string root) => places[root].Select(each => Problem.Roots[each]);

    /// <summary>The roots on the project of this one, itself included.</summary>
    public IEnumerable<string> On(string root) =>
        RequirementsOf(root).Select(Problem.Target).SelectMany(each => byTarget[each]).Distinct();

    /// <summary>The roots on the variable.</summary>
    public IEnumerable<string> On(VariableId variable) => byTarget[variable];

    /// <summary>How many of all roots require, directly, what this one asks for.</summary>
    public int RequirersOf(string root)
    {
        requirers ??= Roots.SelectMany(each => RequiredOf(each).Distinct()).CountBy(each => each).ToDictionary();
        return RequirementsOf(root).Max(id => requirers.GetValueOrDefault(Problem.Target(id)));
    }

    /// <summary>Some roots on the project of this one and on what it requires, directly and not, the nearest
    /// first.</summary>
    /// <param name="counted">The others are left out.</param>
    /// <param name="most">Ends with the step at which there are as many.</param>
    public IReadOnlyList<string> Near(string root, IReadOnlySet<string> counted, int most)
    {
        var near = new List<string>();
        var step = RequirementsOf(root).Select(Problem.Target).Distinct().ToList();
        var seen = step.ToHashSet();
        while (step.Count > 0 && near.Count < most)
        {
            near.AddRange(step.SelectMany(each => byTarget[each]).Where(counted.Contains));
            step =
            [
                .. step.Where(each => !Problem.IsExtra(each))
                    .SelectMany(each =>
                        Enumerable
                            .Range(0, Problem.CandidateCount(each))
                            .SelectMany(i => Problem.RequirementsOf(each, i).ToArray())
                    )
                    .Select(Problem.Target)
                    .Where(seen.Add),
            ];
        }
        return near;
    }

    /// <summary>Whether both are versions of one project that were given.</summary>
    public bool AreGiven(string one, string other) =>
        RequirementsOf(one).All(Problem.IsGiven) && RequirementsOf(other).All(Problem.IsGiven);

    /// <summary>Some of <see cref="Roots"/>, in their order.</summary>
    public IReadOnlyList<string> InOrder(IEnumerable<string> roots) =>
        [.. roots.Distinct().OrderBy(each => order[each])];

    /// <summary>The variables that the root's candidates require, directly.</summary>
    private IEnumerable<VariableId> RequiredOf(string root)
    {
        foreach (var id in RequirementsOf(root))
        {
            var (target, satisfying) = (Problem.Target(id), SatisfyingOf(id));
            for (var i = 0; !Problem.IsExtra(target) && i < Problem.CandidateCount(target); i++)
            {
                if (((satisfying[i >> 6] >> i) & 1) == 0)
                    continue;
                foreach (var required in Problem.RequirementsOf(target, i).ToArray())
                    yield return Problem.Target(required);
            }
        }
    }

    /// <summary>The roots that count where these are requested, in their order: the cost is that of what is
    /// requested.</summary>
    private RequirementId[] RootsOf(IReadOnlySet<string> requested)
    {
        var chosen = new List<int>(constraints);
        foreach (var text in requested)
            chosen.AddRange(places.GetValueOrDefault(text) ?? []);
        chosen.Sort();
        var all = Problem.Roots;
        var roots = new RequirementId[chosen.Count];
        for (var i = 0; i < roots.Length; i++)
            roots[i] = all[chosen[i]];
        return roots;
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

    /// <summary>The candidates that meet a requirement, which does not change from one question to the next.</summary>
    private ulong[] SatisfyingOf(RequirementId requirement)
    {
        if (!satisfying.TryGetValue(requirement, out var known))
            satisfying.Add(requirement, known = CandidateBits.Satisfying(Problem, requirement));
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
            roots = whole.RootsOf(requested);
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

        public override void Satisfying(RequirementId requirement, Span<ulong> words)
        {
            var known = whole.SatisfyingOf(requirement);
            for (var i = 0; i < known.Length; i++)
                words[i] |= known[i];
        }

        public override ReadOnlySpan<int> Preference(VariableId variable) => whole.PreferenceOf(variable);

        public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) =>
            whole.PreferenceOf(variable);
    }
}
