using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Requirements that count for nothing: <c>--no-deps</c> and <c>--no-build-deps</c>.</summary>
public sealed class IgnoredRequirementsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public IgnoredRequirementsTests()
    {
        PythonOnPath.Need();
        folder.Wheel("app", "1", "py3-none-any", "lib", "gone", "extra-lib; extra == 'x'");
        folder.Wheel("lib", "1", "py3-none-any", "gone");
        folder.Wheel("backend", "1", "py3-none-any", "helper");
        folder.Wheel("helper", "1", "py3-none-any");
        folder.Write("archive/built/pyproject.toml", Project("built", "'backend'", "'lib'"));
        folder.Write("archive/unbuilt/pyproject.toml", Project("unbuilt", "'no-such-backend'", "'lib'"));
        folder.Write(
            "archive/unknown/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'b'\n[project]\nname = 'unknown'\nversion = '1'\ndynamic "
                + "= ['dependencies']\n"
        );
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("app 1", "app", "--no-deps")]
    [InlineData("app 1", "app[x]", "--no-deps")]
    [InlineData("app 1, lib 1", "app", "lib", "--no-deps")]
    [InlineData("unknown 1", "unknown", "--no-deps")]
    [InlineData("backend 1, built 1, helper 1", "built", "--no-deps")]
    [InlineData("built 1", "built", "--no-deps", "--no-build-deps")]
    [InlineData("unbuilt 1", "unbuilt", "--no-deps", "--no-build-deps")]
    public void What_is_ignored_is_not_planned(string steps, params string[] arguments)
    {
        var run = Run(arguments);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        Assert.Equal(steps, StepsOf(run.Output));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("built", "--no-build-deps")]
    [InlineData("unbuilt", "--no-deps")]
    public void What_is_not_ignored_counts(params string[] arguments) =>
        Assert.Equal(ExitCode.Impossible, Run(arguments).ExitCode);

    [Fact]
    public void An_installed_project_is_kept_without_its_dependencies()
    {
        var prefix = folder["prefix"];
        Assert.Equal(
            ExitCode.Done,
            Invocation
                .Of("install", "app", "--no-deps", "--no-installed", "-f", folder["archive"], "--prefix", prefix)
                .ExitCode
        );

        var kept = Invocation.Of(
            "plan",
            "app",
            "helper",
            "--no-deps",
            "-f",
            folder["archive"],
            "--prefix",
            prefix,
            "--format",
            "json"
        );

        Assert.True(kept.ExitCode == ExitCode.Done, kept.Error + kept.Output);
        Assert.Equal("app 1, helper 1", StepsOf(kept.Output));
    }

    [Fact]
    public void A_batch_is_ordered_by_its_dependencies_and_may_do_without_build_requirements()
    {
        var without = Invocation.Of("order", folder["archive"], "--no-deps", "--no-installed");
        Assert.Equal(ExitCode.Usage, without.ExitCode);
        Assert.Contains("a batch is ordered by its dependencies", without.Error, StringComparison.Ordinal);

        folder.Wheel("gone", "1", "py3-none-any");
        var order = Invocation.Of(
            "order",
            folder["archive/unbuilt"],
            "-f",
            folder["archive"],
            "--no-build-deps",
            "--no-installed",
            "--format",
            "json"
        );
        Assert.Contains("unbuilt 1", StepsOf(order.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("backend", order.Output, StringComparison.Ordinal);
    }

    private static string Project(string name, string builds, string runs) =>
        $"[build-system]\nrequires = [{builds}]\nbuild-backend = 'backend'\n[project]\nname = '{name}'\nversion = "
        + $"'1'\ndependencies = [{runs}]\n";

    private Invocation Run(params string[] arguments) =>
        Invocation.Of(["plan", .. arguments, "-f", folder["archive"], "--no-installed", "--format", "json"]);

    private static string StepsOf(string json)
    {
        using var plan = JsonDocument.Parse(json);
        return string.Join(
            ", ",
            plan.RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("version").GetString()}")
                .Order(StringComparer.Ordinal)
        );
    }
}
