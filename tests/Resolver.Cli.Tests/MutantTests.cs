namespace Resolver.Cli.Tests;

/// <summary><c>tests/mutants.py</c>: damaged copies of archives cost themselves and nothing else. A sample of the
/// project's own archives; the script takes any folder of real ones.</summary>
public sealed class MutantTests
{
    [Fact]
    public async Task A_damaged_archive_has_a_line_and_changes_no_other()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script measures memory as Unix counts it");
        PythonOnPath.Need();
        await RepositoryScript.MustSucceedAsync(
            "mutants.py",
            Path.Combine(Repository.Root, "corpora", "quickstart", "archive"),
            Path.Combine(Repository.Root, "corpora", "quickstart", "batch"),
            "--count",
            "100"
        );
    }
}
