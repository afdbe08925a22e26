using System.Text.Json;
using Resolver.Generators.Universes;
using Resolver.Peers.Contestants;

namespace Resolver.Peers;

/// <summary>Our program on one shape at growing sizes.</summary>
internal static class Growth
{
    internal sealed record Row(
        int Candidates,
        int Selected,
        double Load,
        double Solve,
        long Conflicts,
        long Decisions,
        long PeakBytes
    );

    public static IEnumerable<Row> Measure(string folder, string resolver, IReadOnlyList<int> projects, Budget budget)
    {
        foreach (var count in projects)
        {
            var generator = new UniverseGenerator(
                new UniverseShape { Projects = count, Roots = Math.Min(10, count / 2) },
                1
            );
            var file = Path.Combine(folder, $"growth-{count}.json");
            // The first question that has an answer.
            (int ExitCode, string Output, string Error, double Milliseconds)? solved = null;
            for (var draw = 0; draw < 8 && solved is not { ExitCode: 0 }; draw++)
            {
                UniverseWriter.Write(file, generator, generator.Roots(draw), null);
                solved = Command.Run(budget.Left, resolver, "solve", file, "--repeat", "11", "--format", "json");
            }

            if (solved is not { ExitCode: 0 } run)
                throw new InvalidOperationException($"of {count} projects no question had an answer in time");
            var line = JsonDocument.Parse(run.Output).RootElement;
            var stats = line.GetProperty("stats");
            yield return new Row(
                generator.CandidateCount,
                line.GetProperty("packages").EnumerateObject().Count(),
                stats.GetProperty("load_ms").GetDouble(),
                stats.GetProperty("encode_ms").GetDouble() + stats.GetProperty("solve_ms").GetDouble(),
                stats.GetProperty("conflicts").GetInt64(),
                stats.GetProperty("decisions").GetInt64(),
                stats.GetProperty("peak_bytes").GetInt64()
            );
            File.Delete(file);
        }
    }
}
