using System.Collections.Concurrent;
using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Archives.Scanning;
using Resolver.Archives.Tests.Containers;
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

    /// <summary>A tar, a zip, a wheel and a tree that are bad, and a neighbour of each that is good.</summary>
    private static Scratch Archive()
    {
        var scratch = new Scratch();
        foreach (var (kind, suffix) in (IEnumerable<(string, string)>)[("gzip", "tar.gz"), ("zip", "zip")])
        {
            scratch.Write($"w/bad-{kind}-1.{suffix}", ContainerReaderTests.Container(kind, Project));
            scratch.Write(
                $"w/good-{kind}-1.{suffix}",
                ContainerReaderTests.Container(
                    kind,
                    [("g-1/pyproject.toml", $"[project]\nname = 'good-{kind}'\nversion = '1'\n")]
                )
            );
        }
        foreach (var name in (string[])["bad_wheel", "good_wheel"])
            scratch.Write(
                $"w/{name}-1-py3-none-any.whl",
                ContainerReaderTests.Container(
                    "zip",
                    [
                        ($"{name}-1.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"),
                        ($"{name}-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n"),
                        ($"{name}-1.dist-info/RECORD", ""),
                    ]
                )
            );
        scratch.Write("w/bad-tree/pyproject.toml", "[project]\nname = 'bad'\nversion = '2'\n");
        scratch.Write("w/good-tree/pyproject.toml", "[project]\nname = 'good-tree'\nversion = '1'\n");
        return scratch;
    }

    public static TheoryData<string> Steps => [.. Enum.GetNames<ReadingStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_exception_at_any_step_of_reading_a_file_is_that_files_line(string step)
    {
        using var scratch = Archive();
        var touched = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var options = new ScanOptions
        {
            Step = (path, at) =>
            {
                if (at.ToString() != step || !path.Contains("bad", StringComparison.Ordinal))
                    return;
                touched[Path.GetFileName(path)] = true;
                throw new InvalidOperationException("injected");
            },
        };
        var warnings = new List<string>();
        using var index = ArchiveIndex.InDirectory(scratch["index"], warnings.Add);

        // Nothing is kept and compared without an index.
        if (step is not (nameof(ReadingStep.Identity) or nameof(ReadingStep.Keep)))
            Judge(ArchiveScanner.Scan([scratch["w"]], options));
        Judge([.. ArchiveIndex.None.Scan([scratch["w"]], options)]);
        Judge([.. index.Scan([scratch["w"]], options)]);
        Judge([.. index.Scan([scratch["w"]], options)]);
        Judge([.. index.View([scratch["w"]], ArchiveDeclarations.None, options).Present], onlyBad: true);

        Assert.Empty(warnings);
        // Which steps there are differs by kind.
        Assert.Equal(
            step switch
            {
                nameof(ReadingStep.Project) => "bad-gzip-1.tar.gz bad-tree bad-zip-1.zip",
                nameof(ReadingStep.Folder) => "bad-gzip-1.tar.gz bad-zip-1.zip",
                _ => "bad-gzip-1.tar.gz bad-zip-1.zip bad_wheel-1-py3-none-any.whl",
            },
            string.Join(' ', touched.Keys.Order(StringComparer.Ordinal))
        );

        void Judge(IReadOnlyList<Distribution> found, bool onlyBad = false)
        {
            foreach (var good in (string[])(onlyBad ? [] : ["good-gzip", "good-zip", "good-wheel", "good-tree"]))
                Assert.Contains(found, each =>
                    each.Name?.Normalized == good && !each.Problems.Any(problem => problem.Fatal)
                );
            // A decompressor may throw anything on damaged bytes, so that a fault inside it is the file's.
            var code = step == nameof(ReadingStep.Entry) ? "archive-corrupt" : "reader-fault";
            var faults = found.Where(each => each.Problems.Any(p => p.Code == code && p.Fatal)).ToList();
            Assert.All(faults, each => Assert.Contains("bad", each.Path, StringComparison.Ordinal));
            Assert.All(touched.Keys, file =>
                Assert.Contains(faults, each => each.Path!.Contains(file, StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public void What_the_index_keeps_of_a_file_and_cannot_be_decoded_is_that_files_line()
    {
        var kept = new KeptReading("w/", "bad-1.tar.gz", [], new byte[] { 1, 255, 255 });

        var read = Assert.Single(kept.Decode());

        Assert.Equal("w/bad-1.tar.gz", read.Path);
        Assert.Contains(read.Problems, each => each.Code == "reader-fault" && each.Fatal);
    }

    /// <summary>Projects whose metadata take every static source: TOML, setup.cfg, setup.py, literals in modules,
    /// lists of requirements, PKG-INFO and egg-info.</summary>
    public static TheoryData<string> Projects => ["setuptools", "old", "poetry", "hatch", "flit"];

    private static Dictionary<string, string> FilesOf(string project) =>
        project switch
        {
            "setuptools" => new()
            {
                ["pyproject.toml"] =
                    "[build-system]\nrequires = ['setuptools']\n[project]\nname = 'a'\ndynamic = ['version', "
                    + "'dependencies']\n[tool.setuptools.dynamic]\nversion = {attr = 'm.__version__'}\n"
                    + "dependencies = {file = ['r.txt']}\n",
                ["r.txt"] = "b>=1\nc\n",
                ["m.py"] = "__version__ = '1'",
            },
            "old" => new()
            {
                ["setup.cfg"] =
                    "[metadata]\nversion = attr: m.__version__\n[options]\ninstall_requires = file: r.txt\n",
                ["setup.py"] = "n = 'a'\nsetup(name=n, extras_require={'x': ['d'] + ['e']})",
                ["m.py"] = "__version__ = '1'",
                ["r.txt"] = "b>=1\nc\n",
                ["PKG-INFO"] = "Metadata-Version: 1.1\nName: a\nVersion: 1\n",
                ["a.egg-info/requires.txt"] = "b>=1\n\n[x]\nc\n",
            },
            "poetry" => new()
            {
                ["pyproject.toml"] =
                    "[build-system]\nrequires = ['poetry-core']\nbuild-backend = 'poetry.core.masonry.api'\n"
                    + "[tool.poetry]\nname = 'a'\nversion = '1'\n[tool.poetry.dependencies]\npython = '^3.8'\n"
                    + "b = {version = '^1', optional = true}\n[tool.poetry.extras]\nx = ['b']\n",
            },
            "hatch" => new()
            {
                ["pyproject.toml"] =
                    "[build-system]\nrequires = ['hatchling']\nbuild-backend = 'hatchling.build'\n[project]\n"
                    + "name = 'a'\ndynamic = ['version']\n[tool.hatch.version]\npath = 'm.py'\n",
                ["m.py"] = "__version__ = '1'",
            },
            _ => new()
            {
                ["pyproject.toml"] =
                    "[build-system]\nrequires = ['flit_core']\nbuild-backend = 'flit_core.buildapi'\n[project]\n"
                    + "name = 'm'\ndynamic = ['version', 'description']\n",
                ["m.py"] = "'x'\n__version__ = '1'",
            },
        };

    /// <summary>Each access of a project to its files, and each step of evaluation, one after the other.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void An_exception_at_any_access_or_step_of_evaluation_is_that_projects_line(string project)
    {
        using var scratch = new Scratch();
        foreach (var (path, text) in FilesOf(project))
            scratch.Write($"t/{path}", text);
        var blank = new Distribution { Path = "t", Kind = DistributionKind.Tree };
        var whole = new Faults(int.MaxValue);
        Assert.Equal("1", SourceProject.Read(new FaultyFiles(scratch["t"], whole), blank).Version?.ToString());

        Assert.InRange(whole.Count, 5, 1000);
        for (var at = 1; at <= whole.Count; at++)
        {
            var read = SourceProject.Read(new FaultyFiles(scratch["t"], new Faults(at)), blank);

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
        Assert.All(bad, each =>
        {
            var problem = Assert.Single(each.Problems, p => p.Fatal);
            Assert.Equal("path-invalid", problem.Code);
            Assert.Contains("a NUL", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\0', problem.Message);
        });
    }

    /// <summary>Which access or step fails as nothing foresees.</summary>
    private sealed class Faults(int failing)
    {
        public int Count { get; private set; }

        public void Next()
        {
            if (++Count == failing)
                throw new InvalidOperationException("injected");
        }
    }

    private sealed class FaultyBudget(Faults faults) : ReadingBudget
    {
        public override void Spend(long units)
        {
            faults.Next();
            base.Spend(units);
        }
    }

    private sealed class FaultyFiles(TreeFiles files, Faults faults) : ProjectFiles
    {
        public FaultyFiles(string folder, Faults faults)
            : this(new TreeFiles(folder, null, new FaultyBudget(faults)), faults) { }

        public override ReadingBudget Budget => files.Budget;
        public override string Place => files.Place;
        public override string? FolderName => files.FolderName;

        public override ProjectFiles In(string folder) => files.In(folder);

        public override string? OutsideTarget(string path) => files.OutsideTarget(path);

        public override bool Exists(string path) => Counted(() => files.Exists(path));

        public override byte[]? Read(string path) => Counted(() => files.Read(path));

        public override IReadOnlyList<string> Folders(string folder) => Counted(() => files.Folders(folder));

        private T Counted<T>(Func<T> access)
        {
            faults.Next();
            return access();
        }
    }
}
