using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Installs without a destination: into a virtual environment, or where the user agrees.</summary>
public sealed class UnnamedDestinationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public UnnamedDestinationTests()
    {
        PythonOnPath.Need();
        folder.Wheel("app", "1", "py3-none-any");
    }

    public void Dispose() => folder.Dispose();

    private Invocation Install(Func<string, bool>? confirm, params string[] more) =>
        Invocation.Of(
            new ConsoleEnvironment { Confirm = confirm, Interruption = TestContext.Current.CancellationToken },
            ["install", "app", "-f", folder["archive"], "--no-config", .. more]
        );

    [Fact]
    public void Without_a_terminal_a_destination_must_be_named()
    {
        NeedOwnEnvironment();

        var run = Install(confirm: null);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("no destination is named", run.Error, StringComparison.Ordinal);
        Assert.Contains("--system", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Install(confirm: null, "--dry-run").ExitCode);
    }

    [Fact]
    public void On_a_terminal_the_user_is_asked_before_anything_is_done()
    {
        NeedOwnEnvironment();
        var questions = new List<string>();

        var run = Install(question =>
        {
            questions.Add(question);
            return false;
        });

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Contains("nothing was installed", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.StartsWith("Install into /", Assert.Single(questions), StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_destination_asks_nothing()
    {
        var run = Install(_ => throw new InvalidOperationException("it asks"), "--prefix", folder["prefix"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
    }

    [Fact]
    public void An_environment_of_the_system_is_refused_whatever_is_said()
    {
        const string Managed = "/usr/bin/python3";
        Assert.SkipUnless(
            File.Exists(Managed)
                && Directory.EnumerateFiles("/usr/lib", "EXTERNALLY-MANAGED", SearchOption.AllDirectories).Any(),
            $"there is no {Managed} that is managed by the system (PEP 668)"
        );

        var run = Install(_ => true, "--system", "--python", Managed);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("PEP 668", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Skips the test where python3 is in a virtual environment, or managed by the system.</summary>
    private static void NeedOwnEnvironment()
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "python3",
                [
                    "-c",
                    "import os, sys, sysconfig; sys.exit(sys.prefix != sys.base_prefix or "
                        + "os.path.exists(os.path.join(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED')))",
                ]
            )
        )!;
        process.WaitForExit();
        Assert.SkipUnless(process.ExitCode == 0, "python3 is in a virtual environment, or managed by the system");
    }
}
