using System.Text.RegularExpressions;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Who calls the build backend: <c>--build-frontend</c>, or the key of that name.</summary>
public sealed class BuildFrontendTests : IDisposable
{
    private const string Pip = "$ ";
    private const string Hooks = "# build_wheel of setuptools.build_meta for ";

    private readonly TemporaryFolder folder = new();

    public BuildFrontendTests() => SetuptoolsSdists.Need();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("install", "", Hooks)]
    [InlineData("install", "--build-frontend=hooks", Hooks)]
    [InlineData("install", "--build-frontend=pip", Pip)]
    [InlineData("install", "--build-frontend=pip --build-isolation=per-build --no-build-deps", Pip)]
    [InlineData("install", "--build-isolation=per-build --no-build-deps", Hooks)]
    [InlineData("sync", "--build-frontend=pip", Pip)]
    [InlineData("sync", "", Hooks)]
    public void The_log_of_a_build_begins_with_what_was_called(string command, string options, string expected)
    {
        folder.SetuptoolsSdist("archive", "app");

        var run = Run(command, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--no-config"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.StartsWith(expected, BuildLog(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_file_may_say_it()
    {
        folder.SetuptoolsSdist("archive", "app");
        var file = folder.Write("resolver.toml", "build-frontend = 'pip'\n");

        var run = Run("install", ["--config", file]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.StartsWith(Pip, BuildLog(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pip", Pip)]
    [InlineData("hooks", Hooks)]
    public void A_run_that_is_resumed_builds_as_it_began(string frontend, string expected)
    {
        folder.SetuptoolsSdist(
            "archive",
            "app",
            before: $"import os\nif not os.path.exists('{folder["go"]}'): raise SystemExit('not yet')"
        );
        var failed = Run("install", ["--no-config", "--build-frontend", frontend]);
        Assert.Equal(ExitCode.StepFailed, failed.ExitCode);
        folder.Write("go", "");

        var run = Invocation.Of("install", "--resume", RunOf(failed));

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.StartsWith(expected, BuildLog(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hook_that_fails_is_named_with_its_reason()
    {
        folder.SetuptoolsSdist("archive", "app", before: "raise ValueError('the moon is full')");

        var run = Run("install", ["--no-config"]);

        Assert.Equal(ExitCode.StepFailed, run.ExitCode);
        Assert.Contains(
            "build_wheel of setuptools.build_meta failed: ValueError: the moon is full",
            run.Error,
            StringComparison.Ordinal
        );
    }

    private Invocation Run(string command, IReadOnlyList<string> options) =>
        Invocation.Of([
            command,
            "app",
            "-f",
            folder["archive"],
            "--python",
            SetuptoolsSdists.Python,
            "--prefix",
            folder["prefix"],
            "--wheel-dir",
            folder["wheels"],
            .. options,
        ]);

    /// <summary>The id of a run, by what it said last.</summary>
    private static string RunOf(Invocation run) =>
        Regex.Match(run.Output + run.Error, "[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}").Value;

    private static string BuildLog(Invocation run) =>
        File.ReadAllText(
            Directory
                .EnumerateFiles(
                    Path.Combine(Environment.GetEnvironmentVariable("RESOLVER_STATE_DIR")!, "runs", RunOf(run), "logs"),
                    "*app.build.log"
                )
                .Single()
        );
}
