using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>Which folders of a repository are projects, in an archive and unpacked.</summary>
public sealed class RepositoryTests
{
    private const string Tools = "[tool.ruff]\nline-length = 100\n";
    private const string BuildOnly = "[build-system]\nrequires = ['setuptools']\n";

    private static string Named(string name, string version = "1") =>
        $"[project]\nname = '{name}'\nversion = '{version}'\n";

    private static string Scanned(string top, (string Path, string Text)[] files, bool unpacked)
    {
        using var scratch = new Scratch();
        if (unpacked)
            foreach (var (path, text) in files)
                scratch.Write($"w/{top}/{path}", text);
        else
            scratch.Sdist($"w/{top}.tar.gz", [.. files.Select(file => ($"{top}/{file.Path}", file.Text))]);
        return string.Join(
            ' ',
            ArchiveScanner
                .Scan([scratch["w"]], ScanOptions.Default, TestContext.Current.CancellationToken)
                .Select(each => each.RawName)
                .OfType<string>()
        );
    }

    public static TheoryData<string, string, (string, string)[]> Repositories =>
        new()
        {
            { "tools at the top", "sub", [("pyproject.toml", Tools), ("sub/pyproject.toml", Named("sub"))] },
            { "a build at the top", "sub", [("pyproject.toml", BuildOnly), ("sub/pyproject.toml", Named("sub"))] },
            {
                "no package at the top",
                "sub",
                [
                    ("pyproject.toml", "[tool.poetry]\nname = 'top'\npackage-mode = false\n"),
                    ("sub/pyproject.toml", Named("sub")),
                ]
            },
            { "both", "top sub", [("pyproject.toml", Named("top")), ("sub/pyproject.toml", Named("sub"))] },
            { "one level", "top", [("pyproject.toml", Named("top")), ("a/b/pyproject.toml", Named("deep"))] },
            { "tests", "top", [("pyproject.toml", Named("top")), ("tests/pyproject.toml", Named("no"))] },
            { "a build alone", "top", [("pyproject.toml", Named("top")), ("sub/pyproject.toml", BuildOnly)] },
            {
                "a workspace of uv",
                "top deep",
                [
                    (
                        "pyproject.toml",
                        Named("top") + "[tool.uv.workspace]\nmembers = ['python/*']\nexclude = ['python/out']\n"
                    ),
                    ("python/deep/pyproject.toml", Named("deep")),
                    ("python/out/pyproject.toml", Named("out")),
                ]
            },
            {
                "a workspace of Rye",
                "deep",
                [
                    ("pyproject.toml", "[tool.rye.workspace]\nmembers = ['a/*/c']\n"),
                    ("a/b/c/pyproject.toml", Named("deep")),
                ]
            },
            {
                "a workspace of Hatch",
                "top deep",
                [
                    ("pyproject.toml", Named("top") + "[tool.hatch.envs.default]\nworkspace.members = ['a/b']\n"),
                    ("a/b/pyproject.toml", Named("deep")),
                ]
            },
            {
                "roots of Pants",
                "deep",
                [
                    ("pyproject.toml", Tools),
                    ("pants.toml", "[source]\nroot_patterns = ['/src/python']\n"),
                    ("src/python/pyproject.toml", Named("deep")),
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Repositories))]
    public void Projects_of_a_repository_are_found_alike_in_an_archive_and_unpacked(
        string what,
        string expected,
        (string, string)[] files
    )
    {
        foreach (var unpacked in (bool[])[false, true])
            Assert.True(
                expected == Scanned("repo-1", files, unpacked),
                $"{what}, {(unpacked ? "unpacked" : "packed")}: {Scanned("repo-1", files, unpacked)}"
            );
    }

    [Fact]
    public void A_folder_called_after_the_release_of_a_part_says_nothing_of_the_project_at_the_top()
    {
        using var scratch = new Scratch();
        const string dynamic =
            "[build-system]\nrequires = ['hatchling', 'hatch-vcs']\nbuild-backend = "
            + "'hatchling.build'\n[tool.hatch.version]\nsource = 'vcs'\n[project]\ndynamic = ['version']\n";
        var path = scratch.Sdist(
            "hatch-hatchling-v3.tar.gz",
            ("hatch-hatchling-v3/pyproject.toml", dynamic + "name = 'hatch'\n"),
            ("hatch-hatchling-v3/backend/pyproject.toml", dynamic + "name = 'hatchling'\n")
        );

        var read = ArchiveScanner.Scan([path], ScanOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(("hatch", null), (read[0].RawName, read[0].Version?.ToString()));
        Assert.Equal(("hatchling", "3"), (read[1].RawName, read[1].Version?.ToString()));
        Assert.Equal(MetadataSource.FolderName, read[1].Known["version"]);
    }

    /// <summary>What poetry-core 2.3 builds of these.</summary>
    [Theory]
    [InlineData("dynamic = ['dependencies']", "b<2,>=1", "")]
    [InlineData("dynamic = ['dependencies', 'optional-dependencies']", "b<2,>=1", "x = ['c']")]
    [InlineData("", "b<2,>=1", "")]
    public void Dependencies_that_the_table_leaves_to_Poetry_are_Poetrys(string project, string first, string extras)
    {
        using var scratch = new Scratch();
        scratch.Write(
            "t/pyproject.toml",
            $"[build-system]\nrequires = ['poetry-core']\nbuild-backend = 'poetry.core.masonry.api'\n[project]\nname "
                + $"= 'a'\nversion = '1'\n{project}\n[tool.poetry.dependencies]\npython = '>=3.9'\nb = '^1'\nc = "
                + $"{{version = '*', optional = true}}\n[tool.poetry.extras]\n{extras}\n"
        );

        var read = ArchiveScanner.Scan([scratch["t"]], ScanOptions.Default, TestContext.Current.CancellationToken)[0];

        string[] expected = extras.Length == 0 ? [first] : [first, "c; extra == \"x\""];
        Assert.Equal(expected, read.RequiresDist!.Select(each => each.ToString()));
        Assert.Equal(">=3.9", read.RequiresPython!.ToString());
        Assert.Equal(MetadataSource.Poetry, read.Known["requires_dist"]);
    }
}
