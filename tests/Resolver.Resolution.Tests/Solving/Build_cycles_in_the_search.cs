using CsCheck;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Explanations.Cycles;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Proofs;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Resolver.Testing;
using Resolver.Testing.Proofs;
using Resolver.Testing.Reference;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>What cannot be built in any order is refuted while the search continues: the answer stays what trying
/// everything finds, every nogood has a certificate that replays, and few conflicts are met.</summary>
public sealed class Build_cycles_in_the_search
{
    private const int ReferenceBudget = 2_000;

    private static readonly SolveOptions Probing = new() { ConflictsInOrder = 0, ConflictsBeforeForgetting = 1 };

    private static readonly SolveOptions Watching = new() { WatchesBuilds = true };

    private static readonly SolveOptions Named = new() { NamesCycles = true, Trace = true };

    private static readonly bool Long = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1";

    [Fact]
    public void The_answer_is_that_of_trying_everything()
    {
        var (judged, refused) = (0, 0);
        RandomWorld.WithBuildCycles.Sample(
            world =>
            {
                var toy = new ToyProblem(world);
                if (!ReferenceSolver.TrySolve(toy, ReferenceBudget, out var best))
                    return;
                Interlocked.Increment(ref judged);
                var free = ReferenceSolver.TrySolve(
                    new ToyProblem(world, orderable: false),
                    ReferenceBudget,
                    out var any
                );
                if (free && Text(best) != Text(any))
                    Interlocked.Increment(ref refused);
                foreach (
                    var options in (SolveOptions[])
                        [SolveOptions.Default, Watching, Probing with { WatchesBuilds = true }, Named]
                )
                    Assert.Equal(Text(best), Text(Solve(new DomainSolver(), world, options)));
            },
            iter: Long ? 200_000 : 5_000,
            threads: 2
        );
        Assert.True(judged > 3_000 && refused > 500, $"{judged} worlds, of which cycles decide {refused}");
    }

    [Fact]
    public void Z3_agrees()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        RandomWorld.WithBuildCycles.Sample(
            world =>
                Assert.Equal(
                    Text(Solve(new Z3Solver(), world, SolveOptions.Default)),
                    Text(Solve(new DomainSolver(), world, SolveOptions.Default))
                ),
            iter: Long ? 10_000 : 300,
            threads: 1
        );
    }

    [Fact]
    public void Every_nogood_holds_in_every_selection_and_has_a_certificate_that_replays()
    {
        var stuck = 0;
        RandomWorld.WithBuildCycles.Sample(
            world =>
            {
                var toy = new ToyProblem(world);
                var heard = new StuckBuildsChecker(toy);
                Solve(new DomainSolver(), world, Watching with { Observer = heard });
                if (heard.Nogoods.Count == 0)
                    return;
                foreach (var nogood in heard.Nogoods)
                {
                    Assert.True(heard.Follows(nogood));
                    if (nogood.Certificate is StuckBuilds)
                        Interlocked.Increment(ref stuck);
                }

                foreach (var selection in new ExhaustiveSearch(toy).All().Take(200))
                {
                    var chosen = selection.ToDictionary(each => each.Variable, each => each.Candidate);
                    foreach (var nogood in heard.Nogoods)
                        Assert.Contains(
                            nogood.Terms,
                            term => !term.Candidates.Contains(chosen.GetValueOrDefault(term.Variable, -1))
                        );
                }
            },
            iter: Long ? 50_000 : 1_000,
            threads: 2
        );
        Assert.True(stuck > 200, $"{stuck} nogoods");
    }

    [Fact]
    public void Every_proof_replays()
    {
        var (proofs, impossible) = (0, 0);
        RandomWorld.WithBuildCycles.Sample(
            world =>
            {
                var problem = Of(world);
                var recorder = new ProofRecorder(problem);
                var outcome = new DomainSolver().Solve(
                    problem,
                    Watching with
                    {
                        Observer = recorder,
                    },
                    TestContext.Current.CancellationToken
                );
                using var formula = new StringWriter();
                using var proof = new StringWriter();
                if (outcome is Outcome.Satisfiable { Selection: var selection })
                    recorder.WriteBest(formula, proof, selection, BestnessChecker.Describe);
                else
                    recorder.Write(formula, proof);
                Assert.Null(DratChecker.Check(formula.ToString(), proof.ToString()));
                if (formula.ToString().Contains("none of these builds can be the first", StringComparison.Ordinal))
                    Interlocked.Increment(ref proofs);
                if (outcome is Outcome.Unsatisfiable)
                    Interlocked.Increment(ref impossible);
            },
            iter: Long ? 20_000 : 500,
            threads: 2
        );
        Assert.True(proofs > 20 && impossible > 20, $"{proofs} with nogoods of build order, {impossible} impossible");
    }

    [Theory]
    [InlineData(50, 5, 4, 0.1, 1, false, false, 200)]
    [InlineData(100, 5, 4, 0.1, 1, false, false, 400)]
    [InlineData(150, 10, 2, 0.3, 1, true, false, 400)]
    [InlineData(200, 5, 2, 0.3, 1, true, false, 400)]
    [InlineData(50, 20, 3, 0.3, 3, true, false, 300)]
    [InlineData(50, 60, 20, 0.3, 1, true, false, 300)]
    [InlineData(70, 10, 3, 0.1, 1, false, true, 5_000)]
    [InlineData(70, 10, 3, 0.1, 2, false, true, 5_000)]
    public void A_bootstrap_takes_no_more_conflicts_than_this(
        int projects,
        int versions,
        int needed,
        double wheels,
        int seed,
        bool onlyOldWheels,
        bool floors,
        long most
    )
    {
        var problem = Of(BootstrapWorld.Create(projects, versions, needed, wheels, seed, onlyOldWheels, floors));
        var outcome = new DomainSolver().Solve(
            problem,
            new() { ConflictLimit = most },
            TestContext.Current.CancellationToken
        );

        Assert.IsNotType<Outcome.GaveUp>(outcome);
        if (outcome is Outcome.Satisfiable { Selection: var selection })
            Assert.Empty(SelectionChecker.Check(problem, selection));
    }

    [Fact]
    public void Where_more_cycles_rule_everything_out_than_can_be_named_the_verdict_is_given_without_them()
    {
        var random = new Random(1);
        var lines = Enumerable
            .Range(0, 40)
            .SelectMany(project =>
                Enumerable.Range(1, 4).Select(version => $"p{project} {version} sdist: build: {Others()}")
            );
        var outcome = Planner.Plan(
            new ToyArchive(string.Join('\n', lines)),
            ToyArchive.Ask(string.Join(", ", Enumerable.Range(0, 40).Select(project => $"p{project}"))),
            PlanLimits.None,
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.StartsWith(
            "there is no plan",
            Assert.IsType<PlanOutcome.GaveUp>(outcome).Limit,
            StringComparison.Ordinal
        );

        string Others() =>
            string.Join(
                ", ",
                Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(3).Select(project => $"p{project}")
            );
    }

    /// <summary>The toy world, judged by the theory of the program.</summary>
    private static WithTheory Of(ToyWorld world)
    {
        var toy = new ToyProblem(world);
        return new WithTheory(toy, new BuildOrderTheory(toy));
    }

    private static IReadOnlyList<(VariableId Variable, int Candidate)>? Solve(
        ISolver solver,
        ToyWorld world,
        SolveOptions options
    )
    {
        var problem = Of(world);
        switch (solver.Solve(problem, options, TestContext.Current.CancellationToken))
        {
            case Outcome.Satisfiable { Selection: var selection, Proven: true }:
                Assert.Empty(SelectionChecker.Check(problem, selection));
                return [.. selection.Order.Select(variable => (variable, selection[variable]))];
            case Outcome.Unsatisfiable:
                return null;
            default:
                throw new InvalidOperationException("gave up without a limit");
        }
    }

    private static string Text(IReadOnlyList<(VariableId Variable, int Candidate)>? selection) =>
        selection is null
            ? "none"
            : string.Join(", ", selection.Select(item => $"{item.Variable.Index}:{item.Candidate}"));
}
