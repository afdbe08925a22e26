using System.Diagnostics;
using System.Globalization;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>What becomes of the processes of an install, by the program in a process of its own: after Ctrl-C no child
/// is left and the run can be resumed; a daemon is ended.</summary>
public sealed class InterruptedInstallTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InterruptedInstallTests()
    {
        PythonOnPath.NeedPip();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGINT");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_ends_with_130_its_children_are_gone_and_the_run_can_be_resumed()
    {
        // Says that it is a pip, then hangs with a child of its own, until a file says otherwise; then it is the real
        // one.
        var pip = folder.Write(
            "pip",
            $"""
            #!/bin/sh
            case "$*" in *--version*) exec python3 -m pip "$@";; esac
            [ -e '{folder["go"]}' ] && exec python3 -m pip "$@"
            sleep 300 &
            echo $! > '{folder["pid.new"]}'; mv '{folder["pid.new"]}' '{folder["pid"]}'
            wait
            """
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(pip, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = ProgramProcess.Start(
            "install",
            "inkpot",
            "-f",
            Repository.Quickstart("archive"),
            "--only-binary",
            "inkpot",
            "--prefix",
            folder["prefix"],
            "--pip",
            pip
        );
        while (!File.Exists(folder["pid"]) && !process.HasExited)
            await Task.Delay(20);

        Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 130, error);
        Assert.True(IsGone(File.ReadAllText(folder["pid"]).Trim()), "pip's own child still runs");
        Assert.False(Directory.Exists(folder["prefix"]));
        var id = error.Split("--resume ")[1].Split('\'')[0];
        File.WriteAllText(folder["go"], "");
        Assert.Equal(ExitCode.Done, Invocation.Of("install", "--resume", id).ExitCode);
        Assert.Single(Directory.EnumerateFiles(folder["prefix"], "inkpot.py", SearchOption.AllDirectories));
    }

    /// <summary>setup.py hangs while the machine's own setuptools runs it.</summary>
    [Theory]
    [InlineData("hooks", "none")]
    [InlineData("pip", "none")]
    [InlineData("hooks", "per-build")]
    public async Task During_a_build_it_leaves_no_process_and_no_lock_and_the_run_can_be_resumed(
        string frontend,
        string isolation
    )
    {
        SetuptoolsSdists.Need();
        folder.SetuptoolsSdist(
            "archive",
            "slow",
            before: $"""
            import os, subprocess, sys
            if 'bdist_wheel' in sys.argv and not os.path.exists('{folder["go"]}'):
                child = subprocess.Popen(['sleep', '300'])
                open('{folder["pid.new"]}', 'w').write(str(child.pid))
                os.rename('{folder["pid.new"]}', '{folder["pid"]}')
                child.wait()
            """
        );
        using var process = ProgramProcess.Start(
            "install",
            "slow",
            "-f",
            folder["archive"],
            "--python",
            SetuptoolsSdists.Python,
            "--prefix",
            folder["prefix"],
            "--build-frontend",
            frontend,
            "--build-isolation",
            isolation
        );
        while (!File.Exists(folder["pid"]) && !process.HasExited)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == ExitCode.Interrupted, error);
        Assert.True(IsGone(File.ReadAllText(folder["pid"]).Trim()), "what the build started still runs");
        Assert.False(Directory.Exists(folder["prefix"]));
        var id = error.Split("--resume ")[1].Split('\'')[0];
        File.WriteAllText(folder["go"], "");
        var resumed = ProgramProcess.Run([], "install", "--resume", id);
        Assert.True(resumed.ExitCode == ExitCode.Done, resumed.Error);
        Assert.DoesNotContain("waiting", resumed.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(Directory.EnumerateFiles(folder["prefix"], "slow.py", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Daemon_in_another_session_without_variables_is_ended_and_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has subreapers");
        var pip = folder.Write(
            "pip",
            $"""
            #!/bin/sh
            case "$*" in *--version*) exec python3 -m pip "$@";; esac
            (setsid env -i /bin/sleep 300 & echo $! >> '{folder["pids"]}') &
            wait
            exec python3 -m pip "$@"
            """
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(pip, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = ProgramProcess.Start(
            "install",
            "--batch",
            Repository.Quickstart("batch"),
            "--prefix",
            folder["prefix"],
            "--pip",
            pip,
            "-j",
            "2"
        );

        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, error);
        var daemons = File.ReadAllLines(folder["pids"]);
        Assert.True(daemons.Length > 2, error);
        Assert.All(daemons, pid => Assert.True(IsGone(pid), $"{pid} still runs"));
        Assert.Contains("left a process running, which was ended: sleep", error, StringComparison.Ordinal);
    }

    private static bool IsGone(string pid)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                // A killed child of a killed parent is a zombie until the machine's first process collects it.
                if (File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1][0] == 'Z')
                    return true;
            }
            catch (IOException)
            {
                return true;
            }
            Thread.Sleep(10);
        }
        return false;
    }
}
