using System.Globalization;
using System.Text.Json;

namespace Resolver.Peers.Contestants;

/// <summary>The published program: <c>resolver solve --repeat</c>. Its time is from the loaded universe to the proven
/// best selection.</summary>
internal sealed class Ourselves(string executable, string engine, int repeat)
    : Contestant(
        engine == "cdcl" ? "resolver" : "resolver, engine z3",
        "encoding, search and the proof that the answer is the best"
    )
{
    // Peers read ordinals that were prepared for them; ours reads the universe itself, which its time does not cover.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(30);

    public override string? Version => Command.VersionOf(executable, "--version");

    public override Measurement Solve(GivenProblem problem, TimeSpan limit)
    {
        // The median of so many solves; spread comes from asking several times.
        var samples = new List<double>();
        bool? satisfiable = null;
        for (var round = 0; round < 3; round++)
        {
            var times = engine == "z3" ? "1" : repeat.ToString(CultureInfo.InvariantCulture);
            if (
                Command.Run(
                    limit + Reading,
                    executable,
                    "solve",
                    problem.Universe,
                    "--solver",
                    engine,
                    "--repeat",
                    times,
                    "--format",
                    "json"
                )
                is not { } run
            )
                return samples.Count > 0 ? Measurement.Of(satisfiable!.Value, samples) : Measurement.Late(limit);
            // Also where the engine's library is not on this machine.
            if (run.ExitCode > 1)
                return Measurement.Failed(run.Error.Split('\n')[0]);
            var line = JsonDocument.Parse(run.Output).RootElement;
            satisfiable = line.GetProperty("satisfiable").GetBoolean();
            var stats = line.GetProperty("stats");
            samples.Add(stats.GetProperty("encode_ms").GetDouble() + stats.GetProperty("solve_ms").GetDouble());
        }

        return Measurement.Of(satisfiable!.Value, samples);
    }
}
