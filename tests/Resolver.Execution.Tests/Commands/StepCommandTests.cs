using CliWrap;
using Resolver.Execution.Destinations;
using Resolver.Execution.Processes;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Execution.Tests.Commands;

/// <summary>The command of a step, as a process and as a script.</summary>
public sealed class StepCommandTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public void The_recipe_is_the_users_own_word_for_word()
    {
        var sdist = pip.Archive("alpha-1.0.tar.gz", "true");

        var command = Assert.Single(pip.Executor().Commands(new ToyPlan().Install(sdist, "alpha", "1.0").Plan()));

        Assert.Equal(
            [
                "install",
                $"--prefix={pip.Prefix}",
                "--no-deps",
                "--ignore-installed",
                "--no-index",
                "--no-build-isolation",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--no-warn-script-location",
                "--no-input",
                sdist,
            ],
            command.Arguments
        );
        Assert.False(Directory.Exists(pip.Prefix));
    }

    [Fact]
    public void Kept_steps_have_no_command()
    {
        Assert.Empty(pip.Executor().Commands(new ToyPlan().Keep("alpha", "1.0").Plan()));
    }

    [Fact]
    public void Settings_reach_the_builds_they_are_for()
    {
        var options = pip.Options with
        {
            ConfigSettings =
            [
                new(null, "a", "1"),
                new(PackageName.Parse("beta"), "b", "x=y"),
                new(PackageName.Parse("gamma"), "c", "3"),
            ],
        };
        var plan = new ToyPlan()
            .Install(pip.Archive("alpha.whl", "true"), "alpha", "1.0")
            .Install(pip.Archive("beta.zip", "true"), "beta", "1.0")
            .Plan();

        var commands = pip.Executor(options).Commands(plan);

        Assert.Equal(
            [
                [],
                ["--config-settings=a=1", "--config-settings=b=x=y"],
            ],
            commands.Select(command =>
                command.Arguments.Where(argument => argument.StartsWith("--config", StringComparison.Ordinal)).ToArray()
            )
        );
    }

    [Theory]
    [InlineData("flit-3.12.tar.gz#subdirectory=flit_core", "/flit-3.12.tar.gz#subdirectory=flit_core")]
    [InlineData("x.tar.gz#subdirectory=a b/ü", "/x.tar.gz#subdirectory=a b/ü")]
    [InlineData("odd;name[x]#1.tar.gz", "/odd%3Bname%5Bx%5D%231.tar.gz")]
    public void A_path_that_pip_would_misread_is_given_as_a_url(string path, string end)
    {
        var command = Assert.Single(
            pip.Executor(pip.Options with { BaseFolder = "/base" })
                .Commands(new ToyPlan().Install(path, "alpha", "1.0").Plan())
        );

        Assert.Equal("file:///base" + end, command.Arguments[^1]);
    }

    [Fact]
    public void A_root_takes_the_interpreters_own_prefix_below_it()
    {
        var destination = new InstallDestination.Root(pip["image"]);

        Assert.Equal(
            [Path.Combine(pip["image"], "usr/lib/python3.11/site-packages")],
            destination.SiteFolders(pip.Interpreter)
        );
        Assert.Equal(
            Path.Combine(pip["image"], "opt/x/bin"),
            new InstallDestination.Root(pip["image"], "/opt/x").ScriptFolder(pip.Interpreter)
        );
    }

    [Fact]
    public async Task The_script_of_a_step_does_by_hand_what_the_step_does()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive("it's $(an) \"archive\".whl", "env > \"$prefix/env\"; put alpha 1.0 a"),
                "alpha",
                "1.0"
            )
            .Plan();
        var script = Assert.Single(pip.Executor().Commands(plan)).Script;
        Directory.CreateDirectory(pip.Prefix);

        await Cli.Wrap("/bin/sh")
            .WithArguments(["-c", script])
            .WithEnvironmentVariables(v => v.Set("PIP_TARGET", "/leak").Set("PYTHONPATH", "/theirs"))
            .ExecuteAsync();

        Assert.Contains("alpha.py", Directory.EnumerateFiles(pip.Site).Select(Path.GetFileName));
        var seen = File.ReadAllLines(Path.Combine(pip.Prefix, "env"));
        Assert.Equal(
            ["PIP_CONFIG_FILE=/dev/null"],
            seen.Where(line => line.StartsWith("PIP_", StringComparison.Ordinal))
        );
        Assert.Contains($"PYTHONPATH={pip.Site}:/theirs", seen);
    }

    [Theory]
    [InlineData("plain-1.0", "plain-1.0")]
    [InlineData("", "''")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm -rf /)", "'$(rm -rf /)'")]
    [InlineData("a\nb", "'a\nb'")]
    public void Whatever_a_word_holds_a_shell_takes_it_literally(string word, string quoted)
    {
        Assert.Equal(quoted, PosixShell.Quote(word));
    }
}
