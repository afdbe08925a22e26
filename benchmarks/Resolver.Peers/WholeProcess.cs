using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Peers.Contestants;

namespace Resolver.Peers;

/// <summary>From files on disk to a plan, by our program and by pip.</summary>
internal static class WholeProcess
{
    private const int Rounds = 5;

    internal sealed record Row(int Distributions, Measurement Ours, Measurement Pip);

    public static IEnumerable<Row> Measure(string folder, string resolver, IReadOnlyList<int> sizes, TimeSpan limit)
    {
        foreach (var size in sizes)
        {
            var archive = Path.Combine(folder, $"archive-{size}");
            var generator = new UniverseGenerator(new UniverseShape { Projects = Math.Max(20, size / 9), Wheels = 1, Backends = 0, Extras = 0 }, 1);
            var written = ArchiveWriter.Write(archive, generator.Projects(), size);
            // Popular projects come first, so all that these need is written even where the last ones are not.
            string[] asked = [$"project-{size / 12}", $"project-{size / 13}", $"project-{size / 15}"];
            var folders = Directory.GetDirectories(archive).SelectMany(part => new[] { "--find-links", part });
            yield return new Row(
                written,
                Measure(limit, resolver, ["plan", .. asked, "-f", archive, "--no-installed", "--quiet"]),
                Measure(limit, "python3", ["-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-index", "--disable-pip-version-check", "--quiet", "--target", Path.Combine(folder, "nowhere"), .. folders, .. asked]));
            Directory.Delete(archive, recursive: true);
        }
    }

    /// <summary>The first round warms the file cache and, in our case, the index, and is not counted.</summary>
    private static Measurement Measure(TimeSpan limit, string program, IReadOnlyList<string> arguments)
    {
        var samples = new List<double>();
        bool? satisfiable = null;
        for (var round = 0; round <= Rounds; round++)
        {
            if (Command.Run(limit, program, arguments) is not { } run)
                return Measurement.Failed($"> {limit.TotalSeconds:0} s");
            if (run.ExitCode > 1)
                return Measurement.Failed($"exit code {run.ExitCode}");
            satisfiable ??= run.ExitCode == 0;
            if (satisfiable != (run.ExitCode == 0))
                return Measurement.Failed("two verdicts");
            if (round > 0)
                samples.Add(run.Milliseconds);
            if (run.Milliseconds * Rounds > limit.TotalMilliseconds && samples.Count > 0)
                break;
        }

        return Measurement.Of(satisfiable!.Value, samples);
    }
}
