using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Benchmarks.Tests.Work;

/// <summary>How many files of a fixed archive are opened: the cost of an archive on a slow disk. Counted by the
/// kernel.</summary>
public sealed class FilesOpenedTests : IDisposable
{
    private const int Distributions = 80;

    private readonly string folder = Directory.CreateTempSubdirectory("opened-").FullName;
    private readonly string archive;
    private readonly string cache;

    public FilesOpenedTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells which files are opened");
        (archive, cache) = (Path.Combine(folder, "archive"), Path.Combine(folder, "cache"));
        ArchiveWriter.Write(
            archive,
            new UniverseGenerator(new UniverseShape { Projects = 10 }, 1).Projects(),
            Distributions
        );
        // A file is believed by the index once it is older than a tick of the file system's clock.
        foreach (var file in Files())
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reading_an_archive_opens_each_wheel_once_and_each_sdist_at_most_twice()
    {
        using var opened = new OpenedFiles(Path.Combine(archive, "000"));

        Assert.Equal(Distributions, ArchiveScanner.Scan([archive], ScanOptions.Default).Count);

        AssertRead(opened.Take());
    }

    [Fact]
    public void With_an_index_a_file_is_opened_when_it_is_new_and_never_again()
    {
        using var opened = new OpenedFiles(Path.Combine(archive, "000"));

        AssertRead(UntilNothingIsOpened(opened, () => Scan()).First);
        Assert.Equal(Distributions, Scan());
        Assert.Empty(opened.Take());

        File.Copy(Files()[0], Files()[0].Replace("000/", "000/copy-", StringComparison.Ordinal));
        Assert.Equal(Distributions + 1, Scan());
        Assert.All(
            opened.Take(),
            name =>
                Assert.True(
                    name == Path.GetFileName(Files()[0]) || name.StartsWith("copy-", StringComparison.Ordinal),
                    name
                )
        );
    }

    [Fact]
    public void A_plan_from_an_index_opens_no_file_of_the_archive()
    {
        using var opened = new OpenedFiles(Path.Combine(archive, "000"));
        UntilNothingIsOpened(opened, () => Scan());

        using var index = ArchiveIndex.InDirectory(cache, Assert.Fail);
        var source = new ArchiveCandidateSource(
            index.View([archive], ArchiveDeclarations.None, ScanOptions.Default),
            []
        );

        Assert.NotEmpty(source.CandidatesOf(PackageName.Parse("project-1")));
        Assert.Empty(opened.Take());
    }

    /// <summary>The inode's own time cannot be set back, so a scan may come within its tick and not be believed: that
    /// is no law of the clock, and is waited for.</summary>
    private static (List<string> First, int Scans) UntilNothingIsOpened(OpenedFiles opened, Action scan)
    {
        scan();
        var first = opened.Take();
        for (var scans = 2; ; scans++)
        {
            Thread.Sleep(20);
            scan();
            if (opened.Take().Count == 0)
                return (first, scans);
            Assert.True(scans < 500, "files are opened again and again");
        }
    }

    private int Scan()
    {
        using var index = ArchiveIndex.InDirectory(cache, Assert.Fail);
        return index.Scan([archive], ScanOptions.Default).Count;
    }

    private void AssertRead(List<string> opened)
    {
        var times = opened.CountBy(name => name).ToDictionary();
        Assert.Equal(
            Files().Select(Path.GetFileName).Order(StringComparer.Ordinal),
            times.Keys.Order(StringComparer.Ordinal)
        );
        // gzip has a checksum at its end, for which a second look is taken where the first did not come by it.
        Assert.All(
            times,
            file => Assert.InRange(file.Value, 1, file.Key.EndsWith(".whl", StringComparison.Ordinal) ? 1 : 2)
        );
    }

    private string[] Files() =>
        [
            .. Directory
                .GetFiles(archive, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetFileName(file).StartsWith("copy-", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
}
