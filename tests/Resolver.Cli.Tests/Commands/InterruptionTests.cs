using System.Diagnostics;
using System.Globalization;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>The program as a process of its own, interrupted as by Ctrl-C while pip hangs.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InterruptionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        PythonOnPath.NeedPip();
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("inkpot==1.0")] // a wheel: it hangs while it installs
    [InlineData("tinybuild==2.0")] // an sdist: it hangs while it builds
    public async Task SIGINT_ends_with_130_leaves_no_process_and_nothing_in_the_prefix_and_the_run_continues(
        string requirement
    )
    {
        var pip = folder.Write(
            "pip",
            $"""
            #!/bin/sh
            case "$*" in *--version*) ;; *)
              if [ ! -e '{folder["go"]}' ]; then sleep 300 & echo $! > '{folder["child.part"]}'; mv '{folder[
                "child.part"
            ]}' '{folder["child"]}'; wait; fi ;;
            esac
            exec python3 -m pip "$@"

            """
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(pip, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var install = Start(
            "install",
            requirement,
            "-f",
            Repository.Quickstart("archive"),
            "--prefix",
            folder["prefix"],
            "--frontend",
            pip,
            "--no-installed"
        );
        var error = install.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = install.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        for (var wait = 0; !File.Exists(folder["child"]) && !install.HasExited && wait < 600; wait++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder["child"]), install.HasExited ? await error : "pip was not started");
        var child = int.Parse(File.ReadAllText(folder["child"]), CultureInfo.InvariantCulture);

        using (var kill = Process.Start("kill", ["-INT", install.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await install.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Interrupted, install.ExitCode);
        Assert.False(IsAlive(child), "a child of pip lives on");
        Assert.False(
            Directory.Exists(folder["prefix"])
                && Directory.EnumerateFiles(folder["prefix"], "*", SearchOption.AllDirectories).Any()
        );
        var run = (await error)
            .Split('\'')
            .First(part => part.StartsWith("resolver install --resume ", StringComparison.Ordinal))
            .Split(' ')[^1];
        folder.Write("go", "");
        using var resumed = Start("install", "--resume", run);
        var more = resumed.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await resumed.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(resumed.ExitCode == ExitCode.Done, await more);
        Assert.NotEmpty(await output);
    }

    // A killed process whose parent has not waited yet is a zombie: it does nothing any more.
    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Process Start(params IReadOnlyList<string> arguments) =>
        ProgramProcess.Start(
            new() { ["RESOLVER_STATE_DIR"] = folder["state"], ["RESOLVER_CACHE_DIR"] = folder["cache"] },
            arguments
        );
}
