using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;
using Xunit;

namespace Resolver.Archives.Tests.Scanning;

/// <summary>What goes wrong with one file is that file's line: the scan continues, and its neighbours are
/// read.</summary>
public sealed class ReadingFaultTests
{
    private static readonly (string, string)[] Project =
    [
        ("a-1/pyproject.toml", "[project]\nname = 'bad'\nversion = '1'\n"),
        ("a-1/sub/pyproject.toml", "[project]\nname = 'sub'\nversion = '1'\n"),
    ];

    private static Scratch Archive()
    {
        var scratch = new Scratch();
        scratch.Sdist("w/bad-1.tar.gz", Project);
        scratch.Write("w/bad-tree/pyproject.toml", "[project]\nname = 'bad'\nversion = '2'\n");
        scratch.Sdist("w/good-1.tar.gz", ("g-1/pyproject.toml", "[project]\nname = 'good'\nversion = '1'\n"));
        return scratch;
    }

    public static TheoryData<string> Steps => [.. Enum.GetNames<ReadingStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_exception_at_any_step_of_reading_a_file_is_that_files_line(string step)
    {
        using var scratch = Archive();
        var options = new ScanOptions
        {
            Step = (path, at) =>
            {
                if (at.ToString() == step && path.Contains("bad", StringComparison.Ordinal))
                    throw new InvalidOperationException("injected");
            },
        };

        foreach (
            var found in (IReadOnlyList<Distribution>[])
                [ArchiveScanner.Scan([scratch["w"]], options), [.. Indexed(scratch, options)]]
        )
        {
            Assert.Contains(
                found,
                each =>
                    each.Name?.Normalized == "good"
                    && !each.Problems.Any(p => p.Fatal && p.Code != "not-a-distribution")
            );
            var faults = found.Where(each => each.Problems.Any(p => p.Code == "reader-fault" && p.Fatal)).ToList();
            Assert.NotEmpty(faults);
            Assert.All(faults, each => Assert.Contains("bad", each.Path, StringComparison.Ordinal));
        }
    }

    private static IReadOnlyList<Distribution> Indexed(Scratch scratch, ScanOptions options) =>
        [.. ArchiveIndex.None.Scan([scratch["w"]], options)];

    /// <summary>Each access of a project to its files, one after the other.</summary>
    [Fact]
    public void An_exception_at_any_access_to_a_projects_files_is_that_projects_line()
    {
        using var scratch = new Scratch();
        scratch.Write("t/pyproject.toml", "[build-system]\nrequires = ['setuptools']\n");
        scratch.Write("t/setup.cfg", "[metadata]\nversion = attr: m.__version__\n");
        scratch.Write("t/setup.py", "setup(name='a')");
        scratch.Write("t/m.py", "__version__ = '1'");
        var blank = new Distribution { Path = "t", Kind = DistributionKind.Tree };
        var whole = new FaultyFiles(new TreeFiles(scratch["t"]), int.MaxValue);
        Assert.Equal("1", SourceProject.Read(whole, blank).Version?.ToString());

        Assert.InRange(whole.Count, 10, 200);
        for (var at = 1; at <= whole.Count; at++)
        {
            var read = SourceProject.Read(new FaultyFiles(new TreeFiles(scratch["t"]), at), blank);

            Assert.Contains(read.Problems, each => each.Code == "reader-fault" && each.Fatal);
        }
    }

    public static TheoryData<string, string> PathsWithNul =>
        new()
        {
            {
                "pyproject.toml",
                "[build-system]\nrequires = ['setuptools']\n[project]\nname = 'bad'\ndynamic = "
                    + "['version']\n[tool.setuptools.dynamic]\nversion = {file = \"a\\u0000b\"}\n"
            },
            {
                "pyproject.toml",
                "[build-system]\nrequires = ['setuptools']\n[project]\nname = 'bad'\ndynamic = "
                    + "['version']\n[tool.setuptools.dynamic]\nversion = {attr = \"a\\u0000b.c\"}\n"
            },
            {
                "pyproject.toml",
                "[build-system]\nrequires = ['hatchling']\nbuild-backend = 'hatchling.build'\n[project]\nname = "
                    + "'bad'\ndynamic = ['version']\n[tool.hatch.version]\npath = \"a\\u0000b\"\n"
            },
            {
                "pyproject.toml",
                "[build-system]\nrequires = ['flit_core']\nbuild-backend = "
                    + "'flit_core.buildapi'\n[tool.flit.metadata]\nmodule = \"a\\u0000b\"\n"
            },
            {
                "pyproject.toml",
                "[build-system]\nrequires = ['maturin']\nbuild-backend = 'maturin'\n[project]\nname = 'bad'\ndynamic "
                    + "= ['version']\n[tool.maturin]\nmanifest-path = \"a\\u0000b\"\n"
            },
            { "setup.cfg", "[metadata]\nname = bad\nversion = file: a\0b\n" },
            { "setup.cfg", "[metadata]\nname = bad\nversion = 1\n[options]\ninstall_requires = file: a\0b\n" },
            { "setup.cfg", "[metadata]\nname = bad\nversion = attr: m.v\n[options]\npackage_dir =\n  = a\0b\n" },
            { "setup.py", "setup(name='bad', package_dir={'': 'a\\x00b'})\n#" },
        };

    [Theory]
    [MemberData(nameof(PathsWithNul))]
    public void A_path_that_cannot_be_makes_that_project_unreadable_and_no_other(string file, string text)
    {
        using var scratch = new Scratch();
        foreach (var top in (string[])["w/bad/", ""])
        {
            (string, string)[] files =
            [
                ($"{(top.Length == 0 ? "bad-1/" : top)}setup.py", "setup()"),
                ($"{(top.Length == 0 ? "bad-1/" : top)}setup.cfg", "[metadata]\nversion = attr: m.v\n"),
                ($"{(top.Length == 0 ? "bad-1/" : top)}{file}", text),
            ];
            if (top.Length == 0)
                scratch.Sdist(
                    "w/bad-1.tar.gz",
                    [
                        .. files
                            .DistinctBy(each => each.Item1, StringComparer.Ordinal)
                            .Where(each => !each.Item1.EndsWith(file, StringComparison.Ordinal)),
                        files[^1],
                    ]
                );
            else
                foreach (var (path, content) in files)
                    scratch.Write(path, content);
        }
        scratch.Sdist("w/good-1.tar.gz", ("g-1/pyproject.toml", "[project]\nname = 'good'\nversion = '1'\n"));

        var found = ArchiveScanner.Scan([scratch["w"]], ScanOptions.Default);

        Assert.Contains(found, each => each.Name?.Normalized == "good");
        var bad = found.Where(each => each.Path!.Contains("bad", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, bad.Count);
        Assert.All(
            bad,
            each =>
            {
                var problem = Assert.Single(each.Problems, p => p.Fatal);
                Assert.Equal("path-invalid", problem.Code);
                Assert.Contains("a NUL", problem.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\0', problem.Message);
            }
        );
    }

    /// <summary>Files of which one access fails as nothing foresees.</summary>
    private sealed class FaultyFiles(ProjectFiles files, int failing) : ProjectFiles
    {
        public int Count { get; private set; }

        public override ReadingBudget Budget => files.Budget;
        public override string Place => files.Place;
        public override string? FolderName => files.FolderName;

        public override ProjectFiles In(string folder) => files.In(folder);

        public override string? OutsideTarget(string path) => files.OutsideTarget(path);

        public override bool Exists(string path) => Counted(() => files.Exists(path));

        public override byte[]? Read(string path) => Counted(() => files.Read(path));

        public override IReadOnlyList<string> Folders(string folder) => Counted(() => files.Folders(folder));

        private T Counted<T>(Func<T> access) =>
            ++Count == failing ? throw new InvalidOperationException("injected") : access();
    }
}
