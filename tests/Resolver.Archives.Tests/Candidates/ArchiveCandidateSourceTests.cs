using Resolver.Archives.Candidates;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Archives.Tests.Candidates;

/// <summary>From what was found to what the solver sees.</summary>
public sealed class ArchiveCandidateSourceTests
{
    private const string Pyproject =
        "[build-system]\nrequires = ['b']\nbuild-backend = 'b'\n[project]\nname = 'a'\nversion = '1.0'\ndependencies "
        + "= ['c']\n";

    private static ArchiveCandidateSource Source(Scratch scratch) =>
        new(ArchiveScanner.Scan([scratch.Folder], ScanOptions.Default, TestContext.Current.CancellationToken));

    [Fact]
    public void The_same_content_twice_is_one_candidate_by_its_first_path()
    {
        using var scratch = new Scratch();
        scratch.Sdist("2/a-1.0.tar.gz", ("a-1.0/pyproject.toml", Pyproject));
        Directory.CreateDirectory(scratch["1"]);
        File.Copy(scratch["2/a-1.0.tar.gz"], scratch["1/a-1.0.tar.gz"]);

        var candidate = Assert.Single(Source(scratch).CandidatesOf(PackageName.Parse("A")));

        Assert.Equal($"{scratch.Folder}/1/a-1.0.tar.gz", candidate.Path);
        Assert.Equal("c", Assert.Single(candidate.Requires!).ToString());
        Assert.Equal("b", Assert.Single(candidate.BuildRequires!).ToString());
        Assert.Null(candidate.UnusableBecause);
        Assert.Empty(candidate.Weaknesses);
    }

    [Fact]
    public void Unknown_dependencies_make_a_candidate_unusable_with_the_way_out()
    {
        using var scratch = new Scratch();
        scratch.Sdist(
            "a-1.0.tar.gz",
            (
                "a-1.0/pyproject.toml",
                Pyproject.Replace("dependencies = ['c']", "dynamic = ['dependencies']", StringComparison.Ordinal)
            )
        );

        var candidate = Assert.Single(Source(scratch).CandidatesOf(PackageName.Parse("a")));

        Assert.Null(candidate.Requires);
        Assert.Contains("--offline-metadata build", candidate.UnusableBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Weak_sources_are_noted()
    {
        using var scratch = new Scratch();
        scratch.Sdist(
            "a-1.0.tar.gz",
            (
                "a-1.0/pyproject.toml",
                Pyproject.Replace("version = '1.0'", "dynamic = ['version']", StringComparison.Ordinal)
            )
        );

        var candidate = Assert.Single(Source(scratch).CandidatesOf(PackageName.Parse("a")));

        Assert.Equal(["version by folder-name"], candidate.Weaknesses);
    }

    [Fact]
    public void What_has_no_name_is_no_candidate_and_unknown_projects_have_none()
    {
        using var scratch = new Scratch();
        scratch.Write("x-1.0.tar.gz", "no archive");

        var source = Source(scratch);

        Assert.Empty(source.Projects);
        Assert.Empty(source.CandidatesOf(PackageName.Parse("x")));
    }
}
