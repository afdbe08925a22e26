using CsCheck;
using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>With an index everything is as without one; only less is read.</summary>
[Collection("Indexes")]
public sealed class ArchiveIndexTests
{
    private static readonly string[] Projects = ["alpha", "beta", "gamma", "delta", "tree", "nobody"];

    // Everything counts as old enough: RandomArchive sees to it that each change shows.
    private static readonly ScanOptions Settled = ScanOptions.Default with { Now = () => long.MaxValue };

    public static TheoryData<string> Kinds => IndexKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_scan_with_an_index_gives_what_a_scan_without_one_gives_whatever_was_changed(string kind) =>
        AfterEachChange(
            kind,
            (archive, index) =>
                Assert.Equal(
                    Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default)),
                    Described.All(index.Scan([archive.Root], Settled))
                )
        );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_plan_sees_the_candidates_that_it_would_see_without_an_index_whatever_was_changed(string kind) =>
        AfterEachChange(
            kind,
            (archive, index) =>
            {
                var with = new ArchiveCandidateSource(
                    index.View([archive.Root], ArchiveDeclarations.None, Settled),
                    []
                );
                var without = new ArchiveCandidateSource(ArchiveScanner.Scan([archive.Root], ScanOptions.Default));
                AssertSame(without, with);
            }
        );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_new_is_listed_at_once_and_the_rest_is_read_by_project(string kind)
    {
        using var scratch = new Scratch();
        IndexKinds.Clear(kind, scratch);
        var archive = new RandomArchive(scratch);
        archive.Fill(1);
        scratch.Write("archive/a/broken-1.tar.gz", "no archive");
        using (var first = IndexKinds.Open(kind, scratch))
            first.Scan([archive.Root], Settled);

        using var index = IndexKinds.Open(kind, scratch);
        var view = index.View([archive.Root], ArchiveDeclarations.None, Settled);

        Assert.All(view.Present, each => Assert.Contains(each.Problems, problem => problem.Fatal));
        Assert.Contains(view.Present, each => each.Path!.EndsWith("broken-1.tar.gz", StringComparison.Ordinal));
        Assert.NotEmpty(view.FurtherProjects);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Defects_are_reported_with_an_index_as_without_one(string kind)
    {
        using var scratch = new Scratch();
        IndexKinds.Clear(kind, scratch);
        var folder = $"archive/{string.Join('/', Enumerable.Repeat("a-long-name-of-a-folder", 12))}/";
        scratch.Sdist($"{folder}toml-1.tar.gz", ("toml-1/pyproject.toml", "x = [\n"));
        scratch.Sdist(
            $"{folder}backend-1.tar.gz",
            (
                "backend-1/pyproject.toml",
                "[build-system]\nrequires = []\nbuild-backend = 'b'\nbackend-path = ['../x']\n[project]\nname = "
                    + "'backend'\nversion = '1'\n"
            )
        );
        scratch.Zip(
            $"{folder}wheel-1-py3-none-any.whl",
            ("wheel-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: wheel\nVersion: 1\nRequires-Dist: a b c\n"),
            ("wheel-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n"),
            ("wheel-1.dist-info/RECORD", "")
        );
        var without = ArchiveScanner.Scan([scratch["archive"]], ScanOptions.Default);

        for (var time = 0; time < 2; time++)
        {
            using var index = IndexKinds.Open(kind, scratch);
            Assert.Equal(Described.All(without), Described.All(index.Scan([scratch["archive"]], Settled)));
        }
        Assert.All(without, each => Assert.Contains(each.Problems, problem => problem.Message.Contains(folder)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Two_at_once_give_what_one_gives(string kind)
    {
        using var scratch = new Scratch();
        IndexKinds.Clear(kind, scratch);
        var archive = new RandomArchive(scratch);
        archive.Fill(7);
        var expected = Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default));

        Parallel.For(
            0,
            6,
            _ =>
            {
                using var index = IndexKinds.Open(kind, scratch);
                Assert.Equal(expected, Described.All(index.Scan([archive.Root], Settled)));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_changes_within_one_step_of_the_file_systems_clock_is_read_again(string kind)
    {
        using var scratch = new Scratch();
        IndexKinds.Clear(kind, scratch);
        for (var i = 0; i < 20; i++)
        {
            scratch.Zip(
                "archive/one-1-py3-none-any.whl",
                (
                    "one-1.dist-info/METADATA",
                    $"Metadata-Version: 2.1\nName: one\nVersion: 1\nRequires-Dist: other>={10 + i}\n"
                ),
                ("one-1.dist-info/WHEEL", "Wheel-Version: 1.0\n"),
                ("one-1.dist-info/RECORD", "")
            );

            using var index = IndexKinds.Open(kind, scratch);
            var found = index.Scan([scratch["archive"]], ScanOptions.Default);

            Assert.Equal($"other>={10 + i}", found[0].RequiresDist![0].ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_directory_under_another_path_is_shown_by_that_path(string kind)
    {
        using var scratch = new Scratch();
        IndexKinds.Clear(kind, scratch);
        var archive = new RandomArchive(scratch);
        archive.Fill(3);
        string[][] ways =
        [
            [archive.Root],
            [archive.Root + "/a/.."],
            [Path.Combine(archive.Root, "a"), archive.Root],
            [Directory.EnumerateFiles(archive.Root, "*", SearchOption.AllDirectories).Order().First(), archive.Root],
        ];

        foreach (var way in ways)
        {
            using var index = IndexKinds.Open(kind, scratch);
            Assert.Equal(
                Described.All(ArchiveScanner.Scan(way, ScanOptions.Default)),
                Described.All(index.Scan(way, Settled))
            );
            using var again = IndexKinds.Open(kind, scratch);
            var without = new ArchiveCandidateSource(ArchiveScanner.Scan(way, ScanOptions.Default));
            var with = new ArchiveCandidateSource(again.View(way, ArchiveDeclarations.None, Settled), []);
            AssertSame(without, with);
        }
    }

    [Fact]
    public void Links_count_where_they_stay_below_what_was_given()
    {
        using var scratch = new Scratch();
        scratch.Sdist(
            "outside/out-1.tar.gz",
            ("out-1/setup.py", "from setuptools import setup\nsetup(name='out', version='1')\n")
        );
        scratch.Sdist(
            "archive/real/in-1.tar.gz",
            ("in-1/setup.py", "from setuptools import setup\nsetup(name='in', version='1')\n")
        );
        File.CreateSymbolicLink(scratch["archive/in-1.tar.gz"], scratch["archive/real/in-1.tar.gz"]);
        File.CreateSymbolicLink(scratch["archive/out-1.tar.gz"], scratch["outside/out-1.tar.gz"]);
        Directory.CreateSymbolicLink(scratch["archive/real/cycle"], scratch["archive"]);

        for (var i = 0; i < 2; i++)
        {
            using var index = ArchiveIndex.InDirectory(scratch["cache"], message => Assert.Fail(message));
            var found = index.Scan([scratch["archive"]], Settled);
            Assert.Equal(
                [scratch["archive/out-1.tar.gz"], scratch["archive/real/in-1.tar.gz"]],
                found.Select(each => each.Path)
            );
        }
    }

    [Fact]
    public void A_damaged_index_is_reported_once_and_rebuilt()
    {
        using var scratch = new Scratch();
        var archive = new RandomArchive(scratch);
        archive.Fill(5);
        var expected = Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default));
        using (var first = ArchiveIndex.InDirectory(scratch["cache"], message => Assert.Fail(message)))
            first.Scan([archive.Root], Settled);
        var file = Directory.EnumerateFiles(scratch["cache"], "*.sqlite").Single();
        var bytes = File.ReadAllBytes(file);
        Array.Fill(bytes, (byte)0x5A, 100, bytes.Length - 100);
        File.WriteAllBytes(file, bytes);
        var warnings = new List<string>();

        using (var damaged = ArchiveIndex.InDirectory(scratch["cache"], warnings.Add))
        {
            Assert.Equal(expected, Described.All(damaged.Scan([archive.Root], Settled)));
            Assert.Equal(expected, Described.All(damaged.Scan([archive.Root], Settled)));
        }

        Assert.Single(warnings);
        using var anew = ArchiveIndex.InDirectory(scratch["cache"], message => Assert.Fail(message));
        Assert.Equal(expected, Described.All(anew.Scan([archive.Root], Settled)));
    }

    [Fact]
    public void A_cache_that_cannot_be_created_is_reported_once_and_not_used()
    {
        using var scratch = new Scratch();
        var archive = new RandomArchive(scratch);
        archive.Fill(5);
        scratch.Write("cache", "a file where the directory should be");
        var warnings = new List<string>();

        using var index = ArchiveIndex.InDirectory(scratch["cache"], warnings.Add);
        var found = index.Scan([archive.Root], Settled);
        var view = index.View([archive.Root], ArchiveDeclarations.None, Settled);

        Assert.Equal(Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default)), Described.All(found));
        AssertSame(new ArchiveCandidateSource(found), new ArchiveCandidateSource(view, []));
        Assert.Single(warnings);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(20)]
    public void A_full_disk_is_reported_once_and_the_index_is_not_used(int pages)
    {
        using var scratch = new Scratch();
        var archive = new RandomArchive(scratch);
        for (var i = 0; i < 30; i++)
            archive.Fill(i * 17);
        var warnings = new List<string>();

        using var database = new SqliteIndex(scratch["cache/full.sqlite"], pages);
        using var index = new ArchiveIndex(database, scratch["cache/full.sqlite"], warnings.Add);
        var found = index.Scan([archive.Root], Settled);

        Assert.Equal(Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default)), Described.All(found));
        Assert.Contains("full", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_reported_once_and_not_used()
    {
        using var scratch = new Scratch();
        var archive = new RandomArchive(scratch);
        archive.Fill(5);
        var warnings = new List<string>();

        using var index = ArchiveIndex.InPostgres(
            "postgres://nobody@127.0.0.1:1/nothing?connect_timeout=2",
            warnings.Add
        );
        var found = index.Scan([archive.Root], Settled);

        Assert.Equal(Described.All(ArchiveScanner.Scan([archive.Root], ScanOptions.Default)), Described.All(found));
        Assert.StartsWith(
            "going on without the index of the archive: postgres://127.0.0.1:1/nothing: ",
            Assert.Single(warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_declaration_by_path_holds_for_a_file_that_the_index_knows()
    {
        using var scratch = new Scratch();
        scratch.Sdist(
            "archive/strange-5.tar.gz",
            ("strange-5/setup.py", "from setuptools import setup\nsetup(name=make(), version='1')\n")
        );
        var declarations = new ArchiveDeclarations(
            [
                new DeclaredMetadata
                {
                    File = "strange-5.tar.gz",
                    Name = PackageName.Parse("known"),
                    RequiresDist = [],
                },
            ],
            []
        );

        for (var i = 0; i < 2; i++)
        {
            using var index = ArchiveIndex.InDirectory(scratch["cache"], message => Assert.Fail(message));
            var source = new ArchiveCandidateSource(index.View([scratch["archive"]], declarations, Settled), []);

            Assert.Equal("known", Assert.Single(source.CandidatesOf(PackageName.Parse("known"))).Name.Normalized);
            Assert.Empty(source.CandidatesOf(PackageName.Parse("strange")));
        }
    }

    private static void AssertSame(ArchiveCandidateSource expected, ArchiveCandidateSource found)
    {
        foreach (var project in Projects.Select(PackageName.Parse))
            Assert.Equal(
                expected.CandidatesOf(project).Select(Described.Of),
                found.CandidatesOf(project).Select(Described.Of)
            );
        Assert.Equal(
            expected.Projects.Where(project => expected.CandidatesOf(project).Count > 0).Order(),
            found.Projects.Where(project => found.CandidatesOf(project).Count > 0).Order()
        );
    }

    /// <summary>A law of a random archive and its index, opened again each time: as filled, and after each of some
    /// random changes.</summary>
    private static void AfterEachChange(string kind, Action<RandomArchive, ArchiveIndex> law)
    {
        using (var before = new Scratch())
            IndexKinds.Clear(kind, before);

        Gen.Select(Gen.Int[0, 500], RandomArchive.Changes)
            .Sample(
                (seed, changes) =>
                {
                    using var scratch = new Scratch();
                    var archive = new RandomArchive(scratch);
                    archive.Fill(seed);
                    foreach (var change in changes.Prepend(default))
                    {
                        if (change != default)
                            archive.Change(change.Kind, change.Which, change.Seed);
                        using var index = IndexKinds.Open(kind, scratch);
                        law(archive, index);
                    }
                },
                iter: 40,
                threads: 1
            );
    }
}
