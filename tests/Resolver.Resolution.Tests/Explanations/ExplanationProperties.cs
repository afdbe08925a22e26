using CsCheck;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Testing;
using Resolver.Testing.Reference;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Laws of explanations on random archives that have no plan, judged by the reference solver, which has no
/// part in making them. <c>RESOLVER_LONG</c> takes all 5,000 of them for each law, else a fifth.</summary>
public sealed class ExplanationProperties
{
    private const int Budget = 20_000;

    private static readonly int Impossible = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1" ? 5_000 : 1_000;

    /// <summary>Random archives without a plan, the same ones every time.</summary>
    private static IEnumerable<(ToyArchive Archive, PlanRequest Request)> Worlds(int count)
    {
        for (int seed = 0, found = 0; found < count; seed++)
        {
            var (lines, roots) = ToyArchiveGenerator.Draw(seed, projects: 5, versions: 3);
            var (archive, request) = (new ToyArchive(lines), ToyArchive.Ask(roots));
            if (
                new DomainSolver().Solve(new CandidateProblem(archive, request), SolveOptions.Default)
                is not Outcome.Unsatisfiable
            )
                continue;
            found++;
            yield return (archive, request);
        }
    }

    [Fact]
    public void A_core_is_impossible_and_without_any_one_of_its_facts_it_is_not()
    {
        var judged = 0;
        foreach (var (archive, request) in Worlds(Impossible))
        {
            var problem = new CandidateProblem(archive, request);
            var core = new MinimalCore(problem, problem, new SolveBudget(PlanLimits.None, CancellationToken.None));
            core.Find();
            Assert.True(core.IsMinimal);
            judged += Judge(problem, core.Facts!) ? 1 : 0;
        }
        Assert.True(judged > Impossible * 9 / 10, $"the reference judged {judged}");
    }

    [Fact]
    public void Each_of_all_cores_is_minimal_and_letting_go_of_one_fact_of_each_leaves_a_plan()
    {
        foreach (var (archive, request) in Worlds(Impossible / 5))
        {
            var problem = new CandidateProblem(archive, request);
            var budget = new SolveBudget(PlanLimits.None, CancellationToken.None);
            var core = new MinimalCore(problem, problem, budget);
            core.Find();
            var all = new AllCores(problem, problem, budget, most: 12);
            all.Find(core.Facts!);

            Assert.True(all.AreMinimal);
            Assert.Equal(
                all.Cores.Count,
                all.Cores.Select(each =>
                        string.Join('|', each.Select(fact => fact.ToString()).Order(StringComparer.Ordinal))
                    )
                    .Distinct()
                    .Count()
            );
            foreach (var one in all.Cores)
                Judge(problem, one);
            foreach (var correction in all.Corrections)
            {
                if (
                    ReferenceSolver.TrySolve(RelaxedProblem.Without(problem, problem, correction), Budget, out var some)
                )
                    Assert.NotNull(some);
            }
            if (all.IsComplete)
                Assert.NotEmpty(all.Corrections);
        }
    }

    [Fact]
    public void After_each_fix_that_can_be_applied_there_is_a_plan()
    {
        var applied = 0;
        foreach (var (archive, request) in Worlds(Impossible))
        {
            var explanation = Assert
                .IsType<PlanOutcome.Impossible>(Planner.Plan(archive, request, PlanLimits.None))
                .Explanation;
            Assert.NotEmpty(explanation.Fixes);
            foreach (var fix in explanation.Fixes)
            {
                if (AppliedFix.Of(archive, request, fix) is not { } question)
                    continue;
                applied++;
                Assert.True(
                    Planner.Plan(question.Source, question.Request, PlanLimits.None) is PlanOutcome.Planned,
                    string.Join(", and ", fix.Select(each => each.Text))
                );
            }
        }
        Assert.True(applied > Impossible, $"{applied} fixes were applied");
    }

    [Fact]
    public void Starting_from_a_found_selection_gives_the_verdict_of_solving_everything_again()
    {
        var (found, patched) = (0, 0);
        foreach (var (archive, request) in Worlds(Impossible))
        {
            var problem = new CandidateProblem(archive, request);
            var budget = new SolveBudget(PlanLimits.None, CancellationToken.None);
            var core = new MinimalCore(problem, problem, budget);
            core.Find();
            var solver = new RelaxedSolver(problem, problem, budget, core.Facts!);
            // Pairs too: more of them leave a plan.
            foreach (
                var released in core.Facts!.Select(fact => new[] { fact })
                    .Concat(core.Facts!.Zip(core.Facts!.Skip(1), (one, other) => new[] { one, other }))
            )
            {
                var relaxed = RelaxedProblem.Without(problem, problem, released);
                var outcome = new DomainSolver().Solve(relaxed, SolveOptions.Default);
                patched += found > 0 ? 1 : 0;
                if (solver.Without(released) is not { } selection)
                {
                    Assert.IsType<Outcome.Unsatisfiable>(outcome);
                    continue;
                }
                found++;
                Assert.IsType<Outcome.Satisfiable>(outcome);
                _ = selection.Conditional; // what nothing needs any more goes at the first question
                var present = Enumerable
                    .Range(0, problem.VariableCount)
                    .Select(index => new Problems.VariableId(index))
                    .Where(each => selection[each] >= 0)
                    .ToList();
                Assert.Empty(
                    SelectionChecker.Check(
                        relaxed,
                        new Selection(present, [.. present.Select(each => selection[each])])
                    )
                );
            }
        }
        Assert.True(found > Impossible && patched > Impossible, $"{found} found, {patched} of them from another");
    }

    [Fact]
    public void An_explanation_takes_few_solves_more_than_it_has_facts()
    {
        var (solves, facts) = (0L, 0L);
        foreach (var (archive, request) in Worlds(200))
        {
            var problem = new CandidateProblem(archive, request);
            var budget = new SolveBudget(PlanLimits.None, CancellationToken.None);
            var core = new MinimalCore(problem, problem, budget);
            core.Find();
            solves += budget.Solves;
            facts += core.Facts!.Count;
        }
        // The refutation, then one solve a fact; each fact that was not needed costs one, unless a refutation pruned
        // it.
        Assert.InRange(solves, facts, facts * 3 / 2);
    }

    [Fact]
    public void Trying_fixes_takes_few_solves_more_than_the_core_has_facts()
    {
        var (solves, most) = (0L, 0L);
        foreach (var (archive, request) in Worlds(200))
        {
            var problem = new CandidateProblem(archive, request);
            var core = new MinimalCore(problem, problem, new SolveBudget(PlanLimits.None, CancellationToken.None));
            core.Find();
            var budget = new SolveBudget(PlanLimits.None, CancellationToken.None);
            Assert.NotEmpty(new Repairs(problem, problem, budget).Find(core.Facts!));
            solves += budget.Solves;
            most += core.Facts!.Count + 3;
        }
        // A third more: each fix that letting facts go does not prove is tried on the whole question.
        Assert.InRange(solves, 1, most * 4 / 3);
    }

    [Fact]
    public void A_search_that_does_not_read_ahead_finds_the_same_and_reads_less()
    {
        var (found, none) = (0, 0);
        var (read, readAhead) = (0L, 0L);
        for (var seed = 0; seed < 600; seed++)
        {
            var (lines, roots) = ToyArchiveGenerator.Draw(seed, projects: 6, versions: 5);
            var archive = new ToyArchive(lines);
            var answers = new List<string?>();
            foreach (var readsAhead in (bool[])[true, false])
            {
                var problem = new CandidateProblem(archive, ToyArchive.Ask(roots));
                var outcome = new DomainSolver().Solve(
                    RelaxedProblem.Without(problem, problem, [], readsAhead: readsAhead),
                    SolveOptions.Default
                );
                // Numbers are given in the order of reading.
                answers.Add(
                    outcome is Outcome.Satisfiable { Selection: var chosen }
                        ? string.Join(
                            ' ',
                            chosen.Order.Select(each =>
                                $"{problem.ProjectOf(each)} {problem.PlaceOf(each, chosen[each])} "
                                + $"{problem.VersionOf(each, chosen[each])}"
                            )
                        )
                        : null
                );
                var count = Enumerable
                    .Range(0, problem.VariableCount)
                    .Select(i => new Problems.VariableId(i))
                    .Where(each => !problem.IsExtra(each))
                    .Sum(each => Enumerable.Range(0, problem.CandidateCount(each)).Count(i => problem.IsRead(each, i)));
                (read, readAhead) = readsAhead ? (read, readAhead + count) : (read + count, readAhead);
            }
            Assert.Equal(answers[0], answers[1]);
            (found, none) = answers[0] is null ? (found, none + 1) : (found + 1, none);
        }
        Assert.True(found > 100 && none > 100, $"{found} found, {none} not");
        Assert.True(read < readAhead, $"{read} read, {readAhead} ahead");
    }

    [Fact]
    public void With_what_is_said_to_be_missing_there_is_a_plan_and_without_any_one_of_it_there_is_none()
    {
        // The same archives every time: the list is a shortest one but for some whose roots quarrel and leave more
        // than one way out.
        foreach (
            var world in Enumerable
                .Range(0, 1000)
                .Select(seed => ToyArchiveGenerator.Draw(seed, projects: 5, versions: 2))
        )
        {
            var missing = MissingProjects.Find(
                new ToyArchive(world.Lines),
                ToyArchive.Ask(world.Roots),
                PlanLimits.None
            )!;
            var asked = ToyArchive.Ask(world.Roots);
            var helped = asked with
            {
                Roots =
                [
                    .. asked.Roots.Where(root => missing.BeyondHelp.All(each => each.Requirement != root.ToString())),
                ],
            };
            var names = missing.Projects.Select(each => each.Name).ToList();
            // Versions that meet what is said of each; with one of them spared, the others are there in every further
            // version that a bound can tell apart.
            if (
                Solves(
                    world.Lines + string.Concat(missing.Projects.Select(each => Line(each.Name, Meeting(each.Wanted)))),
                    helped
                ) is
                { } some
            )
                Assert.True(some, string.Join(", ", missing.Projects));
            foreach (var spared in names)
            {
                if (
                    Solves(
                        world.Lines
                            + string.Concat(
                                names.Where(each => each != spared).SelectMany(each => Others(world.Lines, each))
                            ),
                        helped
                    ) is
                    { } none
                )
                    Assert.False(none, $"{spared} is not needed");
            }
        }
    }

    [Fact]
    public void What_no_addition_helps_is_impossible_beside_the_rest_whatever_is_added()
    {
        var judged = 0;
        foreach (
            var (lines, roots) in Enumerable
                .Range(0, 1500)
                .Select(seed => ToyArchiveGenerator.Draw(seed, projects: 5, versions: 2))
        )
        {
            var asked = ToyArchive.Ask(roots);
            var missing = MissingProjects.Find(new ToyArchive(lines), asked, PlanLimits.None)!;
            if (missing.BeyondHelp.Count == 0)
                continue;
            // Of everything that nothing asks for by its own name, every other version is there.
            var wanted = asked.Roots.Select(each => each.Name.Normalized).ToHashSet();
            var all =
                lines
                + string.Concat(
                    "abcde"
                        .Select(each => $"{each}")
                        .Where(each => !wanted.Contains(each))
                        .SelectMany(each => Others(lines, each))
                );
            if (Solves(all, asked) is { } some)
            {
                judged++;
                Assert.False(some, $"{lines}\n{roots}: {string.Join(", ", missing.BeyondHelp)}");
            }
        }
        Assert.True(judged > 20, $"{judged} were judged");
    }

    /// <summary>Every one that a bound of <see cref="ToyArchiveGenerator"/> tells from others.</summary>
    private static readonly string[] Versions = ["0", "1", "2", "3", "4", "5"];

    private static string Line(string project, string version) => $"{project} {version} wheel:\n";

    /// <summary>What would be there beside: the same version again would need what it needs.</summary>
    private static IEnumerable<string> Others(string lines, string project) =>
        Versions
            .Where(version => !lines.Contains($"{project} {version} ", StringComparison.Ordinal))
            .Select(version => Line(project, version));

    private static string Meeting(IReadOnlyList<string> bounds)
    {
        var set = Packaging.Specifiers.SpecifierSet.Parse(string.Join(',', bounds));
        return Array.Find(Versions, each => set.Contains(Packaging.Versions.Version.Parse(each)))!;
    }

    /// <summary>Whether there is a selection; null where the reference gave up.</summary>
    private static bool? Solves(string lines, PlanRequest request) =>
        ReferenceSolver.TrySolve(new CandidateProblem(new ToyArchive(lines), request), Budget, out var selection)
            ? selection is not null
            : null;

    /// <returns>Whether the reference could judge all of it.</returns>
    private static bool Judge(CandidateProblem problem, IReadOnlyList<Assumption> facts)
    {
        if (!ReferenceSolver.TrySolve(RelaxedProblem.Only(problem, problem, facts), Budget, out var none))
            return false;
        Assert.Null(none);
        foreach (var fact in facts)
        {
            if (
                !ReferenceSolver.TrySolve(
                    RelaxedProblem.Only(problem, problem, facts.Where(each => each != fact)),
                    Budget,
                    out var some
                )
            )
                return false;
            Assert.NotNull(some);
        }
        return true;
    }
}
