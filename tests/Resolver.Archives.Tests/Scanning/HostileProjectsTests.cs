using CsCheck;
using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Scanning;

/// <summary>Archives whose projects, one by one harmless, would together take for ever or all memory.</summary>
public sealed class HostileProjectsTests
{
    private static IReadOnlyList<Distribution> Read(string path) =>
        ArchiveFileReader.Read(path, "x.tar.gz", null, ScanOptions.Default, TestContext.Current.CancellationToken);

    /// <summary>Each project in a subfolder wants a file that nobody foresaw, for which the archive is read once
    /// more.</summary>
    [Fact]
    public void An_archive_of_many_projects_is_not_read_once_more_for_each()
    {
        using var scratch = new Scratch();
        const string project =
            "[build-system]\nrequires = ['hatchling']\nbuild-backend = 'hatchling.build'\n[project]\nname = "
            + "'a'\ndynamic = ['version']\n[tool.hatch.version]\npath = 'own.py'\n";
        var path = scratch.Sdist(
            "x.tar.gz",
            [
                .. Enumerable
                    .Range(0, 40)
                    .SelectMany(i =>
                        new[] { ($"a-1/f{i}/pyproject.toml", project), ($"a-1/f{i}/own.py", "__version__ = '2'\n") }
                    ),
            ]
        );

        var read = Read(path).Skip(1).ToList();

        Assert.Equal(40, read.Count);
        Assert.InRange(read.Count(each => each.Known["version"] == MetadataSource.PyProject), 4, 12);
    }

    /// <summary>A list of all folders of these paths would be a hundred times as long as the paths.</summary>
    [Fact]
    public void Long_paths_of_many_levels_take_no_more_memory_than_they_are_long()
    {
        using var scratch = new Scratch();
        var level = new string('n', 30);
        var path = scratch.Sdist(
            "x.tar.gz",
            [
                ("a-1/setup.py", "setup()"),
                .. Enumerable
                    .Range(0, 300)
                    .Select(i => ($"a-1/{i}/{string.Join('/', Enumerable.Repeat(level, 120))}/x", "")),
            ]
        );

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Single(Read(path));

        // 300 paths of 3,700 characters are 2 MB; in a tar, each is there a few times. All their folders would be 140
        // MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60 << 20);
    }

    public static TheoryData<string, string, string> Long =>
        new()
        {
            {
                "pyproject.toml",
                $"[project]\nname = 'a'\nversion = '1'\ndependencies = "
                    + $"[{string.Concat(Enumerable.Repeat("'b',", 140_000))}]\n",
                ""
            },
            {
                "PKG-INFO",
                $"Metadata-Version: 2.2\nName: a\nVersion: "
                    + $"1\n{string.Concat(Enumerable.Repeat("Requires-Dist: b\n", 50_000))}",
                "setup(install_requires=computed())"
            },
            {
                "setup.cfg",
                $"[metadata]\nname = a\nversion = 1\n[options]\ninstall_requires "
                    + $"=\n{string.Concat(Enumerable.Repeat("  b\n", 140_000))}",
                "setup()"
            },
            { "requirements.txt", string.Concat(Enumerable.Repeat("b\n", 300_000)), "" },
        };

    /// <summary>Each is within the bound on what is read of a file, and would be hundreds of megabytes of
    /// requirements.</summary>
    [Theory]
    [MemberData(nameof(Long))]
    public void Metadata_of_more_requirements_than_anyone_has_are_not_read(string file, string text, string script)
    {
        using var scratch = new Scratch();
        const string table =
            "[build-system]\nrequires = ['setuptools']\n[project]\nname = 'a'\nversion = '1'\ndynamic = "
            + "['dependencies']\n[tool.setuptools.dynamic]\ndependencies = { file = 'requirements.txt' }\n";
        var path = scratch.Sdist(
            "x.tar.gz",
            [
                ($"a-1/{file}", text),
                .. script.Length > 0 ? new[] { ("a-1/setup.py", script) } : [],
                .. file == "requirements.txt" ? new[] { ("a-1/pyproject.toml", table) } : [],
            ]
        );

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Assert.Single(Read(path));

        Assert.Null(read.RequiresDist);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
    }

    [Fact]
    public void Of_an_archive_of_more_projects_than_anyone_has_the_first_are_read()
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist(
            "x.tar.gz",
            [
                ("a-1/setup.py", "setup(name='a', version='1')"),
                .. Enumerable.Range(0, 2100).Select(i => ($"a-1/f{i:0000}/pyproject.toml", "[project]\nname = 'b'\n")),
            ]
        );

        var read = Read(path);

        Assert.Equal(2001, read.Count);
        Assert.Equal(
            ("archive-too-large", false),
            Assert.Single(
                read[0]
                    .Problems.Where(each => each.Message.Contains("f2000", StringComparison.Ordinal))
                    .Select(each => (each.Code, each.Fatal))
            )
        );
    }

    [Fact]
    public void The_folders_in_a_folder_are_those_that_some_path_leads_through()
    {
        string[] names = ["a", "b", "a-b", "a.b", "a0", "ab"];
        var name = Gen.Int[0, names.Length - 1].Select(i => names[i]);
        Gen.Select(name.Array[1, 4], Gen.Bool)
            .List[1, 12]
            .Sample(
                paths =>
                {
                    using var scratch = new Scratch();
                    var files = paths
                        .Select(each => string.Join('/', each.Item1.Append(each.Item2 ? "f" : "g")))
                        .Distinct()
                        .ToList();
                    var contents = ContainerReader.Read(
                        scratch.Write("a.tar", Scratch.Tar([.. files.Select(each => (each, ""))])),
                        _ => false,
                        ContainerLimits.Default,
                        hash: false,
                        TestContext.Current.CancellationToken
                    );
                    var all = files.SelectMany(each => Parents(each)).ToHashSet();

                    foreach (var folder in all.Append(""))
                        Assert.Equal(
                            all.Where(each => Parent(each) == folder)
                                .Select(each => each[(each.LastIndexOf('/') + 1)..])
                                .Order(StringComparer.Ordinal),
                            new ContainerFolders(contents).In(folder)
                        );
                },
                iter: 200
            );

        static string Parent(string path) => path.LastIndexOf('/') is var at and > 0 ? path[..at] : "";
        static IEnumerable<string> Parents(string path)
        {
            for (path = Parent(path); path.Length > 0; path = Parent(path))
                yield return path;
        }
    }
}
