using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>install --keep-going</c>, all the way: real setup.py files, built by the machine's own setuptools and
/// installed by a real pip.</summary>
public sealed class KeepGoingInstallTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public KeepGoingInstallTests() => SetuptoolsSdists.Need();

    public void Dispose() => folder.Dispose();

    /// <summary>bad does not build before the repair; needs is built with it, further requires needs, good
    /// nothing.</summary>
    private void WriteBatch()
    {
        folder.SetuptoolsSdist(
            "batch",
            "bad",
            before: $"import os, sys\nif not os.path.exists({Text(folder["repaired"])}): sys.exit('no compiler')"
        );
        folder.SetuptoolsSdist("batch", "needs", requires: "'bad'");
        folder.SetuptoolsSdist("batch", "further", "install_requires=['needs']");
        folder.SetuptoolsSdist("batch", "good");
    }

    private static string Text(string text) => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'";

    private Invocation Install(params string[] more) =>
        Invocation.Of([
            "install",
            "--python",
            SetuptoolsSdists.Python,
            "--prefix",
            folder["prefix"],
            "--wheel-dir",
            folder["wheels"],
            "--no-config",
            .. more,
        ]);

    private string[] Modules() =>
        [
            .. Directory
                .EnumerateFiles(folder["prefix"], "*.py", SearchOption.AllDirectories)
                .Select(each => Path.GetFileNameWithoutExtension(each)!)
                .Order(StringComparer.Ordinal),
        ];

    private string[] Events() =>
        [
            .. File.ReadLines(folder["events"])
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Select(line =>
                    $"{line.GetProperty("event").GetString()} {(line.TryGetProperty("name", out var name) ? name.GetString() : line.TryGetProperty("exit_code", out var code) ? code.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture) : "")}"
                ),
        ];

    private static string RunOf(Invocation run) => run.Error.Split("--resume ")[1].Split('\'')[0];

    [Fact]
    public void What_requires_a_failed_build_is_left_out_and_the_run_continues_after_the_repair()
    {
        WriteBatch();

        var run = Install("--batch", folder["batch"], "--keep-going", "--events", folder["events"]);

        Assert.Equal(ExitCode.StepFailed, run.ExitCode);
        Assert.Equal(["good"], Modules());
        Assert.Equal(
            ["step-failed bad", "step-finished good", "step-left-out further", "step-left-out needs"],
            Events()
                .Where(line =>
                    line.StartsWith("step-f", StringComparison.Ordinal)
                    || line.StartsWith("step-l", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("run-ended 4", Events()[^1]);
        Assert.Contains("no compiler", run.Error, StringComparison.Ordinal);
        Assert.Contains("Installed: good 1.0\nNot installed:\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("bad 1.0 ", run.Output, StringComparison.Ordinal);
        Assert.Contains("requires bad 1.0, which failed", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Invocation.Of("install", "--resume", RunOf(run), "--keep-going").ExitCode);
        File.WriteAllText(folder["repaired"], "");

        var resumed = Invocation.Of("install", "--resume", RunOf(run));

        Assert.Equal(ExitCode.Done, resumed.ExitCode);
        Assert.Contains("Installed 3 distributions", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(["bad", "further", "good", "needs"], Modules());
    }

    /// <summary>Contract: 'install --keep-going with a failed build ends with 4 after installing all that does not need
    /// it', whether or not a batch is installed.</summary>
    [Fact]
    public void Requirements_keep_going_too_and_the_JSON_says_what_is_not_installed()
    {
        WriteBatch();

        var run = Install("further", "good", "-f", folder["batch"], "--keep-going", "--format", "json");

        Assert.Equal(ExitCode.StepFailed, run.ExitCode);
        Assert.Equal(["good"], Modules());
        Assert.Equal(
            ["bad frontend-failed", "further requires-failed", "needs requires-failed"],
            JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("left_out")
                .EnumerateArray()
                .Select(each => $"{each.GetProperty("name").GetString()} {each.GetProperty("code").GetString()}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_plan_keeps_going_too()
    {
        folder.SetuptoolsSdist("batch", "bad", before: "import sys; sys.exit('no compiler')");
        folder.SetuptoolsSdist("batch", "good");
        Invocation.Of(
            "order",
            folder["batch"],
            "--python",
            SetuptoolsSdists.Python,
            "--no-config",
            "-o",
            folder["plan.json"]
        );

        Assert.Equal(ExitCode.StepFailed, Install("--plan", folder["plan.json"], "--keep-going").ExitCode);
        Assert.Equal(["good"], Modules());
    }

    [Fact]
    public void What_cannot_be_ordered_is_left_out_and_the_rest_is_installed_with_exit_1()
    {
        folder.SetuptoolsSdist("batch", "good");
        folder.SetuptoolsSdist("batch", "other", "install_requires=['nowhere']");

        var run = Install("--batch", folder["batch"], "--keep-going");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Equal(["good"], Modules());
        Assert.Contains("nowhere", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_run_is_resumed_and_still_keeps_going()
    {
        WriteBatch();
        // The real pip; but it hangs where it would install something, until a file says otherwise.
        var pip = folder.Write(
            "pip",
            $"""
            #!/bin/sh
            case "$*" in *" install "*|install*) if [ ! -e '{folder["go"]}' ]; then : > '{folder[
                "waiting"
            ]}'; sleep 300; fi;; esac
            exec {SetuptoolsSdists.Python} -m pip "$@"
            """
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(pip, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = ProgramProcess.Start(
            "install",
            "--batch",
            folder["batch"],
            "--keep-going",
            "--python",
            SetuptoolsSdists.Python,
            "--prefix",
            folder["prefix"],
            "--wheel-dir",
            folder["wheels"],
            "--pip",
            pip,
            "--no-config"
        );
        while (!File.Exists(folder["waiting"]) && !process.HasExited)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(process.HasExited);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.WriteAllText(folder["go"], "");
        var runs = JsonDocument.Parse(Invocation.Of("runs", "--format", "json").Output).RootElement.GetProperty("runs");
        var id = runs.EnumerateArray()
            .Last(each => each.GetProperty("destination").GetString() == folder["prefix"])
            .GetProperty("id")
            .GetString()!;

        var resumed = Invocation.Of("install", "--resume", id);

        Assert.Equal(ExitCode.StepFailed, resumed.ExitCode);
        Assert.Equal(["good"], Modules());
        File.WriteAllText(folder["repaired"], "");
        Assert.Equal(ExitCode.Done, Invocation.Of("install", "--resume", id).ExitCode);
        Assert.Equal(["bad", "further", "good", "needs"], Modules());
    }

    [Theory]
    [InlineData("--apply-fix", "1")]
    [InlineData("--executor", "slurm")]
    public void Two_ways_on_are_a_usage_error(string option, string value) =>
        Assert.Equal(ExitCode.Usage, Install("--batch", folder["."], "--keep-going", option, value).ExitCode);
}
