using System.Diagnostics;
using CsCheck;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Proofs;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Tests.Solving;
using Resolver.Testing.Proofs;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Proofs;

/// <summary>For a satisfiable problem the recorder writes a proof that no selection is better; it is replayed by
/// checkers that share nothing with the search.</summary>
public sealed class Proofs_of_the_best_selection
{
    private static readonly SolveOptions Probing = new() { ConflictsInOrder = 0, ConflictsBeforeForgetting = 1 };

    private static readonly bool Long = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1";

    [Fact]
    public void Every_selection_has_a_proof_that_replays_at_each_of_its_places()
    {
        var places = 0;
        RandomWorld.Any.Sample(
            world =>
            {
                var problem = new ToyProblem(world);
                if (Solve(problem, SolveOptions.Default) is not var (recorder, selection))
                    return;
                var (formula, proof) = Write(recorder, selection);

                Assert.Null(DratChecker.Check(formula, proof));
                Assert.Null(BestnessChecker.Check(problem, selection, formula, proof, out var checkedPlaces));
                Interlocked.Add(ref places, checkedPlaces);
            },
            iter: Long ? 10_000 : 500,
            threads: 2
        );
        Assert.True(places > 200, $"{places} places");
    }

    [Fact]
    public void Probing_and_conditions_on_inactive_extras_leave_every_proof_whole()
    {
        RandomWorld.Dense.Sample(
            world =>
            {
                if (world.Projects.Count <= 25 && Solve(new ToyProblem(world), Probing) is var (recorder, selection))
                    Assert.Null(Replay(recorder, selection));
            },
            iter: Long ? 5_000 : 200,
            threads: 2
        );
        RandomWorld.WithInactiveExtras.Sample(
            world =>
            {
                if (Solve(new ToyProblem(world), SolveOptions.Default) is var (recorder, selection))
                    Assert.Null(Replay(recorder, selection));
            },
            iter: Long ? 20_000 : 500,
            threads: 2
        );
    }

    [Fact]
    public void A_worse_selection_has_no_proof()
    {
        var worse = 0;
        RandomWorld.WithInactiveExtras.Sample(
            world =>
            {
                var problem = new ToyProblem(world);
                var all = new ExhaustiveSearch(problem);
                if (
                    Solve(new ToyProblem(world), SolveOptions.Default) is not var (recorder, best)
                    || problem.VariableCount > 12
                    || all.All().Take(2).ToList() is not [_, var second]
                )
                    return;
                var other = new Selection(
                    [.. second.Select(each => each.Variable)],
                    [.. second.Select(each => each.Candidate)]
                );
                Interlocked.Increment(ref worse);

                Assert.Null(Replay(recorder, best));
                Assert.NotNull(Replay(recorder, other));
            },
            iter: 2_000,
            threads: 2
        );
        Assert.True(worse > 50, $"{worse} worlds");
    }

    [Theory]
    [InlineData("a 1 2 -> b; a 3 -> b>=3; b 1 2; root a", "a 1, b 2")]
    [InlineData("a 1 2 -> b; a 3 -> b>=3; b 1 2; root a", "a 2, b 1")]
    public void The_proof_of_the_best_selection_proves_no_other(string world, string other)
    {
        var problem = ToyProblem.Of(world);
        var (recorder, best) = Solve(problem, SolveOptions.Default)!.Value;
        var named = best
            .Order.Select(variable =>
                (
                    variable,
                    candidate: Enumerable
                        .Range(0, problem.CandidateCount(variable))
                        .Single(candidate =>
                            other
                                .Split(", ")
                                .Contains($"{problem.NameOf(variable)} {problem.VersionOf(variable, candidate)}")
                        )
                )
            )
            .ToList();
        var worse = new Selection([.. named.Select(each => each.variable)], [.. named.Select(each => each.candidate)]);
        var (formula, proof) = Write(recorder, best);
        var (otherFormula, otherProof) = Write(recorder, worse);

        Assert.Null(DratChecker.Check(formula, proof));
        Assert.NotNull(DratChecker.Check(otherFormula, otherProof));
        Assert.NotNull(DratChecker.Check(otherFormula, proof));
        Assert.NotNull(BestnessChecker.Check(problem, worse, formula, proof, out _));
    }

    [Fact]
    public void A_proof_without_what_the_search_learned_is_rejected()
    {
        // Nothing but search finds that the newest a is impossible.
        var problem = ToyProblem.Of(
            "a 1; a 2 -> b, c; b 1 2 3 -> d=1; b 4 5 6 -> e>=2; c 1 2 3 -> d>=2; c 4 5 6 -> e=1; d 1 2; e 1 2; root a"
        );
        var hard = ToyProblem.Of(
            "a 1; a 2 -> b, c; b 1 2 -> d, e=1; b 3 4 -> d, e=2; c 1 2 -> e=3; c 3 4 -> e=4; d 1; e 1 2 3 4; root a"
        );
        Assert.Equal("a 2", First(problem));
        Assert.Equal("a 1", First(hard));

        var (recorder, selection) = Solve(hard, SolveOptions.Default)!.Value;
        var (formula, proof) = Write(recorder, selection);
        var claimed = proof.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2..];

        Assert.Null(DratChecker.Check(formula, proof));
        Assert.NotNull(DratChecker.Check(formula, string.Join('\n', claimed)));
    }

    /// <summary>Programs that nobody here wrote: one replays the proof, one solves the clauses.</summary>
    [Theory]
    [InlineData("drat-trim", "s VERIFIED")]
    [InlineData("cadical", "s UNSATISFIABLE")]
    public void Programs_of_others_give_the_same_result(string program, string expected)
    {
        var path = Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var proven = 0;
            for (var seed = 0u; proven < 40; seed++)
            {
                var worlds = seed % 2 == 0 ? RandomWorld.Dense : RandomWorld.WithInactiveExtras;
                var problem = new ToyProblem(worlds.Generate(new PCG(3, seed), null, out _));
                if (
                    Solve(problem, seed % 4 == 0 ? Probing : SolveOptions.Default) is not var (recorder, selection)
                    || selection.Order.Count < 4
                )
                    continue;
                proven++;
                var proof = Path.Combine(folder.FullName, "best");
                recorder.WriteBest(proof, selection);
                using var process = Process.Start(
                    new ProcessStartInfo(path!, program == "cadical" ? [proof + ".cnf"] : [proof + ".cnf", proof])
                    {
                        RedirectStandardOutput = true,
                    }
                )!;
                var said = process.StandardOutput.ReadToEnd();
                process.WaitForExit();

                Assert.Contains(expected, said, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string First(ToyProblem problem)
    {
        var (_, selection) = Solve(problem, SolveOptions.Default)!.Value;
        return $"{problem.NameOf(selection.Order[0])} "
            + $"{problem.VersionOf(selection.Order[0], selection.CandidateAt(0))}";
    }

    private static (ProofRecorder Recorder, Selection Selection)? Solve(Problem problem, SolveOptions options)
    {
        var recorder = new ProofRecorder(problem);
        return
            new DomainSolver().Solve(
                problem,
                options with
                {
                    Observer = recorder,
                },
                TestContext.Current.CancellationToken
            )
                is Outcome.Satisfiable { Selection: var selection }
            ? (recorder, selection)
            : null;
    }

    private static (string Formula, string Proof) Write(ProofRecorder recorder, Selection selection)
    {
        using var formula = new StringWriter();
        using var proof = new StringWriter();
        recorder.WriteBest(formula, proof, selection, BestnessChecker.Describe);
        return (formula.ToString(), proof.ToString());
    }

    private static string? Replay(ProofRecorder recorder, Selection selection)
    {
        var (formula, proof) = Write(recorder, selection);
        return DratChecker.Check(formula, proof);
    }
}
