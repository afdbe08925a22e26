using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>resolver install</c>: what it takes, and what it refuses before anything runs. That it
/// installs is shown by the README's test.</summary>
public sealed class InstallCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InstallCommandTests() => PythonOnPath.Need();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dry_run_only_shows_the_plan()
    {
        var run = Invocation.Of(
            "install",
            "--batch",
            Repository.Quickstart("batch"),
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("resolver.plan/1", JsonDocument.Parse(run.Output).RootElement.GetProperty("schema").GetString());
        Assert.False(Directory.Exists(folder["prefix"]));
    }

    [Fact]
    public void The_script_of_a_plan_is_what_would_be_run()
    {
        PythonOnPath.NeedPip();

        var run = Invocation.Of(
            "install",
            "--batch",
            Repository.Quickstart("batch"),
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "script"
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("#!/bin/sh\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(5, run.Output.Split("--no-build-isolation").Length - 1);
        Assert.False(Directory.Exists(folder["prefix"]));
    }

    [Fact]
    public void A_plan_that_was_written_is_read_back()
    {
        Invocation.Of("order", Repository.Quickstart("batch"), "--no-installed", "-o", folder["plan.json"]);

        var run = Invocation.Of(
            "install",
            "--plan",
            folder["plan.json"],
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(File.ReadAllText(folder["plan.json"]), run.Output);
    }

    [Fact]
    public void A_file_that_changed_since_the_plan_was_made_is_refused_before_anything_runs()
    {
        PythonOnPath.NeedPip();
        File.Copy(Path.Combine(Repository.Quickstart("batch"), "tinybuild-2.0.tar.gz"), folder["tinybuild-2.0.tar.gz"]);
        Invocation.Of("order", folder["tinybuild-2.0.tar.gz"], "--no-installed", "-o", folder["plan.json"]);
        File.AppendAllText(folder["tinybuild-2.0.tar.gz"], "x");

        var run = Invocation.Of("install", "--plan", folder["plan.json"], "--prefix", folder["prefix"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("tinybuild-2.0.tar.gz", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(folder["prefix"]) ? Directory.GetFileSystemEntries(folder["prefix"]) : []);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{ \"schema\": \"resolver.plan/9\" }")]
    public void A_file_that_is_not_a_plan_is_bad_input(string text)
    {
        var run = Invocation.Of("install", "--plan", folder.Write("plan.json", text), "--prefix", folder["prefix"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("plan.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("app", "--batch", "x")]
    [InlineData("app", "--plan", "x")]
    [InlineData("--plan", "x", "--batch", "y")]
    [InlineData("app", "-C", "key")]
    [InlineData("app", "-C", "no name:key=value")]
    [InlineData("--batch", "x", "--no-such-option")]
    [InlineData("app", "--events", "-", "--format", "json")]
    public void A_wrong_command_line_is_exit_2_and_runs_nothing(params string[] arguments)
    {
        var run = Invocation.Of(["install", .. arguments]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
    }
}
