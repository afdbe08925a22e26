using System.Diagnostics;

namespace Resolver.Cli.Tests;

/// <summary><c>tests/soak.py</c>: random installs, upgrades, undos, kills and concurrent runs in five prefixes against a
/// model, with the real pip. Thirty operations, of which a minute is enough; with <c>RESOLVER_LONG=1</c> two hours.</summary>
public sealed class SoakTests
{
    [Fact]
    public async Task Prefixes_hold_what_the_model_says_after_every_operation()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script sends signals");
        PythonOnPath.NeedPip();
        var isLong = Environment.GetEnvironmentVariable("RESOLVER_LONG") is { Length: > 0 };
        var start = new ProcessStartInfo(
            "python3",
            [
                Path.Combine(Repository.Root, "tests", "soak.py"),
                "--resolver",
                $"dotnet '{Path.Combine(AppContext.BaseDirectory, "resolver.dll")}'",
                .. isLong ? ["--seconds", "7200"] : (string[])["--operations", "30"],
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
