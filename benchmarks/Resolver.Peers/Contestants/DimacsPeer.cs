namespace Resolver.Peers.Contestants;

/// <summary>A SAT solver on the clauses that our encoder writes. Its time is the whole process, reading included, and
/// any answer will do.</summary>
/// <param name="program">Also its name, and that of its package.</param>
internal sealed class DimacsPeer(string program, params IReadOnlyList<string> arguments)
    : Contestant(program, "the whole process: reading clauses and a verdict")
{
    private const int Rounds = 5;

    // What they say of themselves takes as many forms as there are programs.
    public override string? Version => Command.PackageOf(Name);

    public override Measurement Solve(GivenProblem problem, TimeSpan limit)
    {
        var samples = new List<double>();
        bool? satisfiable = null;
        for (var round = 0; round < Rounds; round++)
        {
            if (Command.Run(limit, Name, [.. arguments, problem.Dimacs]) is not { } run)
                return samples.Count > 0 ? Measurement.Of(satisfiable!.Value, samples) : Measurement.Late(limit);
            satisfiable = Verdict(run.ExitCode, run.Output);
            if (satisfiable is null)
                return Measurement.Failed("no verdict");
            samples.Add(run.Milliseconds);
        }

        return Measurement.Of(satisfiable!.Value, samples);
    }

    /// <summary>The exit codes of the SAT competitions, else their answer line.</summary>
    private static bool? Verdict(int exitCode, string output) =>
        exitCode switch
        {
            10 => true,
            20 => false,
            _ when output.Contains("s UNSATISFIABLE", StringComparison.Ordinal)
                    || output.StartsWith("unsat", StringComparison.Ordinal) => false,
            _ when output.Contains("s SATISFIABLE", StringComparison.Ordinal)
                    || output.StartsWith("sat", StringComparison.Ordinal) => true,
            _ => null,
        };
}
