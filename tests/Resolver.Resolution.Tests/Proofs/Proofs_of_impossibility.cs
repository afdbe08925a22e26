using System.Diagnostics;
using CsCheck;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Proofs;
using Resolver.Resolution.Solving;
using Resolver.Sat.Boolean;
using Resolver.Testing.Proofs;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Proofs;

/// <summary>What the recorder writes is replayed by a checker that shares nothing with the search.</summary>
public sealed class Proofs_of_impossibility
{
    // No consistent a: each of its versions needs a b that its c rules out. Takes a conflict, sets of several
    // versions, and a build cycle in the second.
    private const string Diamond =
        "a 1 2 3 -> b>=2<4, c; a 4 5 -> b>=3, c>=2; b 1 2 3 4 5 6; c 1 2 3 -> b=1; c 4 5 6 -> b>=5, d; d 1 2 3 -> "
        + "b<2; root a";
    private const string Cycle = "a 1s 2s <- b; b 1s 2s <- a; root a";

    [Fact]
    public void Every_impossible_world_has_a_proof_that_replays()
    {
        var impossible = 0;
        RandomWorld.Any.Sample(
            world =>
            {
                if (Prove(new ToyProblem(world)) is not var (formula, proof))
                    return;
                Interlocked.Increment(ref impossible);
                Assert.Null(DratChecker.Check(formula, proof));
            },
            iter: Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1" ? 20_000 : 1_000,
            threads: 2
        );
        Assert.True(impossible > 100);
    }

    [Fact]
    public void Probing_and_forgetting_leave_every_proof_whole()
    {
        var impossible = 0;
        RandomWorld.Dense.Sample(
            world =>
            {
                if (
                    world.Projects.Count > 25
                    || Prove(new ToyProblem(world), new() { ConflictsInOrder = 0, ConflictsBeforeForgetting = 1 })
                        is not var (formula, proof)
                )
                    return;
                Interlocked.Increment(ref impossible);
                Assert.Null(DratChecker.Check(formula, proof));
            },
            iter: Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1" ? 5_000 : 500,
            threads: 2
        );
        Assert.True(impossible > 5);
    }

    [Theory]
    [InlineData(Diamond)]
    [InlineData(Cycle)]
    public void A_proof_without_one_of_its_needed_steps_is_rejected(string notation)
    {
        var (formula, proof) = Prove(ToyProblem.Of(notation))!.Value;
        var steps = proof.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Null(DratChecker.Check(formula, proof));
        Assert.NotNull(DratChecker.Check(formula, string.Join('\n', steps[..^1])));
    }

    [Fact]
    public void A_step_that_does_not_follow_is_rejected()
    {
        var (formula, proof) = Prove(ToyProblem.Of(Diamond))!.Value;

        Assert.NotNull(DratChecker.Check("p cnf 3 3\n1 2 0\n-1 3 0\n-2 3 0\n", "-3 0\n0\n"));
        Assert.NotNull(DratChecker.Check(formula, "0\n"));
        Assert.NotNull(DratChecker.Check(formula, "x 0\n" + proof));
    }

    [Fact]
    public void A_proof_of_another_formula_is_rejected()
    {
        var (_, proof) = Prove(ToyProblem.Of(Diamond))!.Value;
        var (other, _) = Prove(ToyProblem.Of(Cycle))!.Value;

        Assert.NotNull(DratChecker.Check(other, proof));
    }

    [Fact]
    public void Proofs_with_a_flipped_literal_are_rejected_where_the_step_no_longer_follows()
    {
        var (formula, proof) = Prove(ToyProblem.Of(Diamond))!.Value;
        var steps = proof.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rejected = 0;
        for (var i = 0; i < steps.Length - 1; i++)
        {
            var mutated = steps.ToArray();
            mutated[i] = mutated[i].StartsWith('-') ? mutated[i][1..] : "-" + mutated[i];
            if (DratChecker.Check(formula, string.Join('\n', mutated)) is not null)
                rejected++;
        }

        // Not all: a definition with a literal flipped may still be a definition, of something nobody uses.
        Assert.InRange(rejected, steps.Length / 4, steps.Length - 1);
    }

    [Fact]
    public void No_proof_of_another_world_passes_for_a_satisfiable_one()
    {
        var (_, proof) = Prove(ToyProblem.Of(Diamond))!.Value;
        var satisfiable = new BooleanEncoding(
            ToyProblem.Of(Diamond.Replace("root a", "root b", StringComparison.Ordinal))
        );
        using var formula = new StringWriter();
        Dimacs.Write(formula, satisfiable.Formula);

        Assert.NotNull(DratChecker.Check(formula.ToString(), proof));
    }

    [Fact]
    public void A_build_cycle_is_an_axiom_with_its_certificate_in_the_formula()
    {
        var (formula, proof) = Prove(ToyProblem.Of(Cycle))!.Value;

        Assert.Contains("c axiom, certified by: a, b", formula, StringComparison.Ordinal);
        Assert.Null(DratChecker.Check(formula, proof));
    }

    [Theory]
    [InlineData("cadical", "-q")]
    [InlineData("minisat", "-verb=0")]
    public void Outside_solvers_find_the_formulas_impossible_too(string solver, string quiet)
    {
        var program = Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, solver))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"{solver} is not installed");
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.cnf");
        try
        {
            foreach (var notation in new[] { Diamond, Cycle })
            {
                File.WriteAllText(path, Prove(ToyProblem.Of(notation))!.Value.Formula);
                using var process = Process.Start(
                    new ProcessStartInfo(program!, [quiet, path]) { RedirectStandardOutput = true }
                )!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();

                // 20 is 'unsatisfiable' by the convention of the solver competitions.
                Assert.Equal(20, process.ExitCode);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (string Formula, string Proof)? Prove(ToyProblem problem, SolveOptions? options = null)
    {
        var recorder = new ProofRecorder(problem);
        if (
            new DomainSolver().Solve(
                problem,
                (options ?? SolveOptions.Default) with
                {
                    Observer = recorder,
                },
                TestContext.Current.CancellationToken
            )
            is not Outcome.Unsatisfiable
        )
            return null;
        using var formula = new StringWriter();
        using var proof = new StringWriter();
        recorder.Write(formula, proof);
        return (formula.ToString(), proof.ToString());
    }
}
