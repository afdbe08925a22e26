using System.Diagnostics;
using Resolver.Execution.Processes;
using Xunit;

namespace Resolver.Execution.Tests.Processes;

/// <summary>A build may do anything to its own processes, and nothing to ours.</summary>
public sealed class ChildProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ChildProcessTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "sessions are those of Linux");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_program_that_kills_its_process_group_kills_only_itself()
    {
        var (ending, _) = await RunAsync("kill -9 0");

        Assert.Null(ending.Fault);
        Assert.NotEqual(0, ending.ExitCode);
    }

    [Fact]
    public async Task A_program_leads_its_own_session()
    {
        var (_, output) = await RunAsync("cut -d' ' -f6 /proc/$$/stat; echo $$");

        var words = output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(words[1], words[0]);
    }

    [Theory]
    [InlineData("sleep 300 & echo $! > '{0}'; sleep 0.2")]
    [InlineData("setsid sleep 300 & echo $! > '{0}'; sleep 0.2")] // in another session
    public async Task A_daemon_that_is_left_behind_is_ended_and_named_and_its_pipe_is_not_waited_for(string script)
    {
        var watch = Stopwatch.StartNew();
        var (ending, _) = await RunAsync(string.Format(null, script, folder["pid"]));

        Assert.Equal(0, ending.ExitCode);
        Assert.Contains("sleep (process ", Assert.Single(ending.LeftBehind), StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.True(ProcessStatus.Of(int.Parse(File.ReadAllText(folder["pid"]), null)) is null or { IsDead: true });
    }

    [Fact]
    public async Task A_helper_of_a_program_that_still_runs_is_not_ended_with_another()
    {
        var helped = RunAsync(
            $"(setsid env -i /bin/sleep 300 & echo $! > '{folder["pid"]}'); while [ ! -e '{folder["go"]}' ]; do sleep 0.05; done; kill -0 $(cat '{folder["pid"]}')"
        );
        while (!File.Exists(folder["pid"]))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await RunAsync("true");
        File.WriteAllText(folder["go"], "");

        Assert.Equal(0, (await helped).Ending.ExitCode);
    }

    [Fact]
    public async Task Daemon_that_someone_else_starts_meanwhile_outlives_a_program()
    {
        var program = RunAsync($"touch '{folder["begun"]}'; while [ ! -e '{folder["go"]}' ]; do sleep 0.05; done");
        while (!File.Exists(folder["begun"]))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        var shell = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        shell.ArgumentList.Add("-c");
        shell.ArgumentList.Add($"(setsid env -i /bin/sleep 300 >&- & echo $! > '{folder["pid"]}')");
        using (var started = Process.Start(shell)!)
            await started.WaitForExitAsync(TestContext.Current.CancellationToken);
        var daemon = int.Parse(File.ReadAllText(folder["pid"]), null);
        File.WriteAllText(folder["go"], "");

        var (ending, _) = await program;

        using var process = Process.GetProcessById(daemon);
        var isAlive = ProcessStatus.Of(daemon) is { IsDead: false };
        process.Kill();
        Assert.Empty(ending.LeftBehind);
        Assert.True(isAlive);
    }

    [Fact]
    public async Task A_program_that_is_not_there_has_not_started()
    {
        var ending = await ChildProcess.RunAsync(
            folder["nothing"],
            [],
            ChildEnvironment.ForPip(null),
            TextWriter.Null,
            null,
            CancellationToken.None
        );

        Assert.Contains("does not start", ending.Fault, StringComparison.Ordinal);
    }

    private static async Task<(ChildProcess.Ending Ending, string Output)> RunAsync(string script)
    {
        using var output = new StringWriter();
        var ending = await ChildProcess.RunAsync(
            "/bin/sh",
            ["-c", script],
            ChildEnvironment.ForPip(null),
            output,
            TimeSpan.FromMinutes(2),
            TestContext.Current.CancellationToken
        );
        return (ending, output.ToString());
    }
}
