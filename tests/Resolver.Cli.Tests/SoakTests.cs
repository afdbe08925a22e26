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
        await RepositoryScript.MustSucceedAsync("soak.py", isLong ? ["--seconds", "7200"] : ["--operations", "30"]);
    }
}
