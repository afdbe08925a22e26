using System.Diagnostics;

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
        var start = new ProcessStartInfo(
            "python3",
            [
                Path.Combine(Repository.Root, "tests", "mutants.py"),
                Path.Combine(Repository.Root, "corpora", "quickstart", "archive"),
                Path.Combine(Repository.Root, "corpora", "quickstart", "batch"),
                "--resolver",
                $"dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}'",
                "--count",
                "100",
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;

        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, said);
        TestContext.Current.TestOutputHelper?.WriteLine(said);
    }
}
