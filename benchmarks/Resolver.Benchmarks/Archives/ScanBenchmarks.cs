using System.Diagnostics;
using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;

namespace Resolver.Benchmarks.Archives;

/// <summary>Reading an archive without an index, and the floor under it: decompressing what has to be, alone. Of a
/// thousand small distributions, half of them wheels, or of the folder that RESOLVER_REAL_ARCHIVE names; the files
/// are in the system's cache.</summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private const int Distributions = 1_000;

    private string folder = "";
    private bool isMade;
    private string[] files = [];

    [Params(1, 2)]
    public int Jobs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        folder = Environment.GetEnvironmentVariable("RESOLVER_REAL_ARCHIVE") ?? "";
        isMade = !Directory.Exists(folder);
        if (isMade)
        {
            folder = Corpora.MakeArchive(Distributions);
            var scanned = Scan();
            Wrong.Unless(
                scanned.Count == Distributions && scanned.All(distribution => distribution.Problems.Count == 0),
                "a scan of a generated archive"
            );
        }

        files =
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".tsv", StringComparison.Ordinal)),
        ];
        Wrong.Unless(Decompress() > files.Sum(file => new FileInfo(file).Length) / 2, "decompressing an archive");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        if (isMade)
            Directory.Delete(folder, recursive: true);
    }

    [Benchmark]
    public IReadOnlyList<Distribution> Scan() =>
        ArchiveScanner.Scan([folder], ScanOptions.Default with { Jobs = Jobs });

    [Benchmark(Baseline = true)]
    public long Decompress()
    {
        long bytes = 0;
        Parallel.ForEach(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = Jobs },
            file => Interlocked.Add(ref bytes, Decompressed(file))
        );
        return bytes;
    }

    /// <summary>A wheel is a zip, of which only some entries are inflated: its floor is reading it, for the hash. For
    /// xz the floor is xz's own program.</summary>
    private static long Decompressed(string file)
    {
        using var source = File.OpenRead(file);
        if (file.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var inflated = new GZipStream(source, CompressionMode.Decompress);
            return Drained(inflated);
        }

        if (!file.EndsWith(".xz", StringComparison.Ordinal))
            return Drained(source);
        using var process = Process.Start(new ProcessStartInfo("xz", ["-dc", file]) { RedirectStandardOutput = true })!;
        var length = Drained(process.StandardOutput.BaseStream);
        process.WaitForExit();
        return length;
    }

    private static long Drained(Stream stream)
    {
        var buffer = new byte[64 << 10];
        long length = 0;
        for (int read; (read = stream.Read(buffer)) > 0;)
            length += read;
        return length;
    }
}
