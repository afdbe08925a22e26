using CsCheck;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>What a scan found, as bytes, in runs and in a file, is what it would be as a list of objects.</summary>
public sealed class HeldDistributionsTests
{
    /// <summary>Found distributions of a few names, versions, contents and folders, so that much of it is twice,
    /// differs, or has no name.</summary>
    private static readonly Gen<Distribution[]> Found = Gen.Select(
            Gen.Int[0, 3],
            Gen.Int[0, 3],
            Gen.Int[0, 2],
            Gen.Int[0, 5],
            Gen.Int[0, 60]
        )
        .Array[0, 200]
        .Select(all =>
            all.Select((each, i) => Make(each.Item1, each.Item2, each.Item3, each.Item4, each.Item5, i))
                .DistinctBy(each => each.Path)
                .ToArray()
        );

    [Fact]
    public void Distributions_are_given_back_by_path_and_marked_whatever_is_put_aside()
    {
        using var scratch = new Scratch();
        Gen.Select(Found, Gen.Int[1, 50], Gen.Bool)
            .Sample(
                (found, runLength, spills) =>
                {
                    var gathering = new HeldDistributions.Gathering(
                        scratch.Folder,
                        spills ? 0 : int.MaxValue,
                        runLength
                    );
                    Parallel.ForEach(found, gathering.Add);
                    var held = gathering.Ordered().MarkConflicts();
                    var expected = Conflicts.Mark([.. GivenPlaces.Ordered(found)]);

                    Assert.Equal(Described.All(expected), Described.All(held));
                    Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Folder));
                    Assert.Equal(Told(ArchiveReport.Of(expected, [])), Told(ArchiveReport.Of(held, [])));
                },
                iter: 40,
                threads: 1
            );
    }

    [Fact]
    public void The_report_groups_by_name_and_by_content()
    {
        Found.Sample(
            found =>
            {
                var all = GivenPlaces.Ordered(found).ToList();
                var report = ArchiveReport.Of(all, []);

                Assert.Equal(
                    all.Where(each => each.Name is not null)
                        .GroupBy(each => each.Name)
                        .OrderBy(group => group.Key)
                        .Select(Described.All),
                    report.Projects.Select(Described.All)
                );
                Assert.Equal(Described.All(all.Where(each => each.Name is null)), Described.All(report.Nameless));
                Assert.Equal(
                    all.Where(each => each.Sha256 is not null && !each.Path!.Contains('#', StringComparison.Ordinal))
                        .GroupBy(each => each.Sha256)
                        .Where(group => group.Count() > 1)
                        .Select(Described.All),
                    report.Duplicates.Select(Described.All)
                );
            },
            iter: 40,
            threads: 1
        );
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_keeps_all_in_memory()
    {
        using var scratch = new Scratch();
        var gathering = new HeldDistributions.Gathering(scratch["nowhere"], 0, 10);
        var found = Enumerable
            .Range(0, 100)
            .Select(i => Make(i % 4, i % 3, 0, 0, 60, i))
            .DistinctBy(each => each.Path)
            .ToList();
        foreach (var each in found)
            gathering.Add(each);

        Assert.Equal(Described.All(GivenPlaces.Ordered(found)), Described.All(gathering.Ordered()));
    }

    private static Distribution Make(int name, int version, int kind, int content, int length, int number)
    {
        var isNamed = name > 0;
        var folder = $"archive/{(number % 7 == 0 ? "a" : number % 5 == 0 ? "a/b" : "c é")}";
        var file = kind switch
        {
            0 => $"name{name}-{version}-py3-none-any.whl",
            _ => $"name{name}-{version}.tar.gz",
        };
        return ArchiveFile(
            isNamed
                ? $"{folder}/{(number % 3 == 0 ? "" : $"{number}/")}{file}{(kind == 2 && version == 0 ? "#subdirectory=sub/x" : "")}"
                : $"{folder}/{number}.zip"
        ) with
        {
            Kind =
                kind == 0
                    ? Packaging.Distributions.DistributionKind.Wheel
                    : Packaging.Distributions.DistributionKind.Sdist,
            Sha256 = content == 0 ? null : new string((char)('0' + content), 64),
            Size = number,
            RawName = isNamed ? $"Name{name}" : null,
            Name = isNamed ? PackageName.Parse($"Name{name}") : null,
            Version = isNamed && length > 2 ? Packaging.Versions.Version.Parse($"{version}.0") : null,
            // Long enough that blocks are full now and then, and that some take more than one.
            Problems =
                length % 20 == 0
                    ? [new ArchiveProblem("metadata-dynamic", "", new string('x', length * 1200), length == 0)]
                    : [],
        };

        static Distribution ArchiveFile(string path) =>
            new() { Path = path, Kind = Packaging.Distributions.DistributionKind.Sdist };
    }

    private static string Told(ArchiveReport report) =>
        string.Join(
            '\n',
            (
                (IReadOnlyList<Distribution>[])
                    [
                        report.Differing,
                        report.Misnamed,
                        report.Unreadable,
                        report.Legacy,
                        report.Unknown,
                        report.Nameless,
                        .. report.Projects,
                        .. report.Duplicates,
                    ]
            ).Select(list => string.Join(' ', list.Select(each => each.Path)))
        ) + report.LongestTitle(40);
}
