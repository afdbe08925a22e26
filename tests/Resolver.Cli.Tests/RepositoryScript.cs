using System.Diagnostics;

namespace Resolver.Cli.Tests;

/// <summary>The scripts of <c>tests</c> that run the program from outside.</summary>
internal static class RepositoryScript
{
    /// <summary>Runs one on the program under test; it must end with exit code 0.</summary>
    /// <param name="name">The file in <c>tests</c>.</param>
    /// <param name="arguments">Besides <c>--resolver</c>.</param>
    public static async Task MustSucceedAsync(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "python3",
            [
                Path.Combine(Repository.Root, "tests", name),
                "--resolver",
                $"dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}'",
                .. arguments,
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
