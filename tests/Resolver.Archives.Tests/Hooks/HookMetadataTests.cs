using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Hooks;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Requirements;
using Xunit;

namespace Resolver.Archives.Tests.Hooks;

/// <summary>What a backend said, among what the files say: by rank.</summary>
public sealed class HookMetadataTests
{
    private static Distribution Scan(string pyproject, params (string, string)[] more)
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist("a-1.0.tar.gz", [("a-1.0/pyproject.toml", pyproject), .. more]);
        return Assert.Single(ArchiveScanner.Scan([path], ScanOptions.Default, TestContext.Current.CancellationToken));
    }

    private static HookAnswer Answer(string metadata, params string[] requires) =>
        new([.. requires.Select(Requirement.Parse)], CoreMetadata.Read($"Metadata-Version: 2.1\n{metadata}"));

    private const string Dynamic =
        "[build-system]\nrequires = ['x']\nbuild-backend = 'b'\n[project]\nname = 'a'\nversion = "
        + "'1.0'\nrequires-python = '>=3.8'\ndynamic = ['dependencies']\n";

    [Fact]
    public void What_was_unknown_is_known_by_the_hook()
    {
        var scanned = Scan(Dynamic);
        Assert.True(HookMetadata.IsUnsure(scanned));

        var told = HookMetadata.Apply(
            scanned,
            Answer("Name: a\nVersion: 1.0\nRequires-Python: >=3.8\nRequires-Dist: y>1\nProvides-Extra: z\n", "x", "w")
        );

        Assert.Equal(["y>1"], told.RequiresDist!.Select(each => each.ToString()));
        Assert.Equal(
            (MetadataSource.Hook, MetadataSource.PyProject, MetadataSource.Hook),
            (told.Known["requires_dist"], told.Known["version"], told.Known["build_requires"])
        );
        Assert.Equal(["x", "w"], told.BuildRequires!.Select(each => each.ToString()));
        Assert.Empty(told.Problems);
        Assert.Null(ArchiveCandidateSource.UnusableBecause(told));
    }

    [Fact]
    public void A_stronger_source_counts_and_the_difference_is_reported()
    {
        var told = HookMetadata.Apply(Scan(Dynamic), Answer("Name: a\nVersion: 2.0\n"));

        Assert.Equal("1.0", told.Version!.ToString());
        Assert.Equal(
            ("hook-disagrees", false),
            Assert.Single(told.Problems.Select(problem => (problem.Code, problem.Fatal)))
        );
    }

    [Fact]
    public void A_weaker_source_gives_way()
    {
        var scanned = Scan(
            "[build-system]\nrequires = ['setuptools']\n",
            (
                "a-1.0/setup.py",
                "from setuptools import setup\nsetup(name='a', version='1.0', install_requires=['old'])\n"
            )
        );
        Assert.Equal(MetadataSource.SetupPy, scanned.Known["requires_dist"]);

        var told = HookMetadata.Apply(scanned, Answer("Name: a\nVersion: 1.1\nRequires-Dist: new\n"));

        Assert.Equal(
            ("1.1", "new", MetadataSource.Hook),
            (told.Version!.ToString(), Assert.Single(told.RequiresDist!).ToString(), told.Known["version"])
        );
    }

    [Fact]
    public void An_invalid_requirement_makes_the_dependencies_unknown()
    {
        var told = HookMetadata.Apply(Scan(Dynamic), Answer("Name: a\nVersion: 1.0\nRequires-Dist: y!!\n"));

        Assert.Null(told.RequiresDist);
        Assert.NotNull(ArchiveCandidateSource.UnusableBecause(told));
    }

    [Fact]
    public void What_is_known_and_strong_is_not_asked()
    {
        Assert.False(
            HookMetadata.IsUnsure(Scan(Dynamic.Replace("dynamic = ['dependencies']", "", StringComparison.Ordinal)))
        );
        Assert.False(HookMetadata.CanBeAsked(Scan("no toml")));
    }
}
