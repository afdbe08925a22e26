using System.Diagnostics;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Benchmarks.Tests.Corpora;

/// <summary>The archives under <c>corpora/awkward</c>: made as the README says, and read as <c>expected.txt</c> says.
/// <c>RESOLVER_APPROVE=1</c> writes what is read now; read the difference before it is committed.</summary>
public sealed class AwkwardArchiveTests : IDisposable
{
    private static readonly string Corpus = Path.Combine(Repository.Root, "corpora", "awkward");
    private static readonly string Archive = Path.Combine(Corpus, "archive");

    private readonly string scratch = Directory.CreateTempSubdirectory("awkward-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Fact]
    public void Every_awkward_archive_is_read_as_expected()
    {
        var read = Lines(ArchiveScanner.Scan([Archive], ScanOptions.Default));

        var expected = Path.Combine(Corpus, "expected.txt");
        if (Environment.GetEnvironmentVariable("RESOLVER_APPROVE") == "1")
            File.WriteAllLines(expected, read);
        Assert.Equal(File.ReadAllLines(expected), read);
    }

    [Fact]
    public void An_index_says_the_same_of_them_at_once_and_later()
    {
        var expected = File.ReadAllLines(Path.Combine(Corpus, "expected.txt"));

        for (var time = 0; time < 2; time++)
        {
            using var index = ArchiveIndex.InDirectory(scratch, Assert.Fail);
            Assert.Equal(expected, Lines(index.Scan([Archive], ScanOptions.Default)));
        }
    }

    [Fact]
    public void Generating_again_gives_the_committed_bytes()
    {
        Assert.SkipUnless(Generate(), "there is no python3 on PATH");

        var kept = Files(Archive);
        Assert.Equal(kept, Files(Path.Combine(scratch, "archive")));
        Assert.Equal(
            File.ReadAllLines(Path.Combine(Corpus, "expected.txt")),
            Lines(
                ArchiveScanner.Scan([Path.Combine(scratch, "archive")], ScanOptions.Default),
                Path.Combine(scratch, "archive")
            )
        );
        // Another liblzma may find other matches.
        Assert.All(
            kept.Where(file =>
                !file.EndsWith("xz", StringComparison.Ordinal)
                && !file.EndsWith("lzma", StringComparison.Ordinal)
                && !file.EndsWith("-2.1.tar.gz", StringComparison.Ordinal)
            ),
            file =>
                Assert.True(
                    File.ReadAllBytes(Path.Combine(Archive, file))
                        .AsSpan()
                        .SequenceEqual(File.ReadAllBytes(Path.Combine(scratch, "archive", file))),
                    file
                )
        );
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal);

    private static List<string> Lines(IEnumerable<Distribution> distributions, string? below = null) =>
        [
            .. distributions
                .Select(distribution => string.Join(" | ", Described(distribution, below ?? Archive)))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Path, name and version, what it needs to run and to be built, where that is known from, what is wrong
    /// with it.</summary>
    private static IEnumerable<string> Described(Distribution distribution, string below)
    {
        yield return Path.GetRelativePath(below, distribution.Path!).Replace('\\', '/');
        yield return $"{distribution.Name?.Normalized ?? "?"} {distribution.Version?.ToString() ?? "?"}";
        yield return "needs " + List(distribution.RequiresDist);
        yield return "build " + List(distribution.BuildRequires);
        yield return "known by "
            + string.Join(
                ", ",
                ((string[])["name", "version", "requires_dist"]).Select(value =>
                    distribution.Known.GetValueOrDefault(value)?.ToString() ?? "?"
                )
            );
        yield return string.Join(", ", distribution.Problems.Select(problem => problem.Code));
    }

    private static string List(IReadOnlyList<Resolver.Packaging.Requirements.Requirement>? requirements) =>
        requirements is null ? "?"
        : requirements.Count == 0 ? "nothing"
        : string.Join(", ", Distribution.Printed(requirements));

    private bool Generate()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("python3", [Path.Combine(Corpus, "generate.py"), scratch])
                {
                    RedirectStandardError = true,
                }
            )!;
            var complaint = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, complaint);
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
