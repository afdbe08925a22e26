using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Peers.Contestants;

namespace Resolver.Peers;

/// <summary>Our own program on generated archives: reading them, reading them again, planning from them.</summary>
internal static class Archives
{
    private static readonly string[] Question = ["project-60", "project-70", "project-80"];

    /// <param name="IndexBytes">The size of the index after the first scan.</param>
    internal sealed record Row(int Distributions, long Bytes, Cost Cold, Cost Warm, Cost Plan, long IndexBytes);

    /// <param name="Phase">As <c>resolver bench</c> calls it.</param>
    internal sealed record Phase(string Name, int Samples, double P50, double P95, double P99, double PerSecond);

    /// <summary>A scan of an archive nothing is known of, the next scan, and a plan of three popular projects; the
    /// files are in the system's cache.</summary>
    public static Row? Measure(string folder, string resolver, int distributions, Budget budget)
    {
        var (archive, cache) = (Path.Combine(folder, "archive"), Path.Combine(folder, "archive-cache"));
        try
        {
            var generator = new UniverseGenerator(new UniverseShape { Projects = distributions / 9 }, 1);
            var written = ArchiveWriter.Write(archive, generator.Projects(), distributions);
            var bytes = new DirectoryInfo(archive)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Sum(file => file.Length);
            if (Run("scan") is not { ExitCode: 0 } cold)
                return null;
            var index = new DirectoryInfo(cache).EnumerateFiles("archives-*").Sum(file => file.Length);
            return
                Best("scan") is { ExitCode: 0 } warm
                && Best(["plan", .. Question, "--no-installed"]) is { ExitCode: 0 } plan
                ? new Row(written, bytes, cold, warm, plan, index)
                : null;
        }
        finally
        {
            foreach (var made in new[] { archive, cache }.Where(Directory.Exists))
                Directory.Delete(made, recursive: true);
        }

        Cost? Run(params string[] arguments) =>
            Cost.Of(budget.Left, resolver, [.. arguments, "-f", archive, "--cache-dir", cache, "--quiet"]);

        // The first may still find files younger than a tick of the clock; of the rest the median.
        Cost? Best(params string[] arguments)
        {
            Run(arguments);
            var costs = Enumerable
                .Range(0, 3)
                .Select(_ => Run(arguments))
                .OfType<Cost>()
                .OrderBy(cost => cost.Milliseconds)
                .ToList();
            return costs.Count == 0 ? null : costs[costs.Count / 2];
        }
    }

    /// <summary>What the content of files costs a scan: processor seconds a mebibyte of a wheel and of an
    /// sdist.</summary>
    public static (double Wheel, double Sdist) Content(string folder, string resolver, Budget budget)
    {
        const int Files = 16,
            Mebibytes = 16;
        var content = new byte[Mebibytes << 20];
        new Random(1).NextBytes(content);
        return (
            Each(place =>
            {
                using var zip = ZipFile.Open(place + "-1.0-py3-none-any.whl", ZipArchiveMode.Create);
                foreach (
                    var (name, bytes) in new[]
                    {
                        ("data", content),
                        (
                            "large-1.0.dist-info/METADATA",
                            "Metadata-Version: 2.1\nName: large\nVersion: 1.0\n"u8.ToArray()
                        ),
                        ("large-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n"u8.ToArray()),
                        ("large-1.0.dist-info/RECORD", []),
                    }
                )
                {
                    using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                    entry.Write(bytes);
                }
            }),
            Each(place =>
            {
                using var zipped = new GZipStream(File.Create(place + "-1.0.tar.gz"), CompressionLevel.Fastest);
                using var tar = new TarWriter(zipped, TarEntryFormat.Ustar);
                foreach (
                    var (name, bytes) in new[]
                    {
                        ("large-1.0/data", content),
                        ("large-1.0/PKG-INFO", "Metadata-Version: 2.2\nName: large\nVersion: 1.0\n"u8.ToArray()),
                        ("large-1.0/setup.py", []),
                    }
                )
                {
                    using var stream = new MemoryStream(bytes);
                    tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = stream });
                }
            })
        );

        // The same file under many folders: what is read is what costs.
        double Each(Action<string> write)
        {
            var archive = Path.Combine(folder, "large");
            Directory.CreateDirectory(archive);
            write(Path.Combine(archive, "large"));
            var first = Directory.GetFiles(archive)[0];
            for (var copy = 1; copy < Files; copy++)
            {
                Directory.CreateDirectory(Path.Combine(archive, $"{copy}"));
                File.Copy(first, Path.Combine(archive, $"{copy}", Path.GetFileName(first)));
            }

            var cost = Cost.Of(budget.Left, resolver, "scan", "-f", archive, "--no-cache", "--quiet")
                is { ExitCode: 0 } run
                ? run.ProcessorMilliseconds
                : throw new InvalidOperationException("large files could not be measured");
            Directory.Delete(archive, recursive: true);
            return cost / 1000 / (Files * Mebibytes);
        }
    }

    /// <summary>What <c>resolver bench</c> says of such an archive.</summary>
    public static IReadOnlyList<Phase> Bench(string folder, string resolver, int distributions, Budget budget)
    {
        var archive = Path.Combine(folder, "benched");
        try
        {
            var generator = new UniverseGenerator(
                new UniverseShape
                {
                    Projects = Math.Max(20, distributions / 9),
                    Independent = true,
                    Tightness = .55,
                },
                2
            );
            ArchiveWriter.Write(archive, generator.Projects(), distributions);
            if (
                Command.Run(
                    budget.Left,
                    resolver,
                    "bench",
                    "-f",
                    archive,
                    "--repeat",
                    "11",
                    "--questions",
                    "500",
                    "--format",
                    "json"
                )
                is not { ExitCode: 0 } run
            )
                return [];
            return
            [
                .. JsonDocument
                    .Parse(run.Output)
                    .RootElement.GetProperty("rows")
                    .EnumerateArray()
                    .Select(row => new Phase(
                        row.GetProperty("phase").GetString()!,
                        row.GetProperty("samples").GetInt32(),
                        row.GetProperty("p50_ms").GetDouble(),
                        row.GetProperty("p95_ms").GetDouble(),
                        row.GetProperty("p99_ms").GetDouble(),
                        row.GetProperty("per_second").GetDouble()
                    )),
            ];
        }
        finally
        {
            if (Directory.Exists(archive))
                Directory.Delete(archive, recursive: true);
        }
    }

    /// <summary>Versions: ours, Python's packaging and NuGet.Versioning, by the script that measures all three in one
    /// run.</summary>
    /// <returns>Its heading, and a row of nanoseconds an operation.</returns>
    public static (string Heading, IReadOnlyList<string[]> Rows)? Versions(string repository, Budget budget)
    {
        if (
            Command.Run(
                budget.Left,
                "dotnet",
                "build",
                "-c",
                "Release",
                Path.Combine(repository, "benchmarks", "Resolver.Benchmarks"),
                "-v",
                "quiet",
                "--nologo"
            )
            is not { ExitCode: 0 }
        )
            return null;
        if (
            Command.Run(budget.Left, "python3", Path.Combine(repository, "benchmarks", "packaging", "compare.py"))
            is not { ExitCode: 0 } run
        )
            return null;
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (
            lines[0].Split(';')[0],
            [.. lines.Skip(2).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))]
        );
    }

    public static string Mebibytes(long bytes) =>
        (bytes / 1048576.0).ToString(bytes < 10 << 20 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + " MiB";
}
