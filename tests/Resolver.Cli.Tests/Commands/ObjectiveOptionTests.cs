using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>--objective</c>: what is optimised, and proven optimal.</summary>
public sealed class ObjectiveOptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ObjectiveOptionTests()
    {
        PythonOnPath.Need();
        folder.Wheel("app", "1", "py3-none-any", "one");
        folder.Tree("app", "2", ["one", "two"], builds: ["one"]);
        folder.Wheel("one", "1", "py3-none-any");
        folder.Wheel("two", "1", "py3-none-any");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("app 2, one 1, two 1")]
    [InlineData("app 1, one 1", "--objective", "fewest-builds")]
    [InlineData("app 1, one 1", "--objective", "fewest-packages,fewest-builds")]
    [InlineData("app 2, one 1, two 1", "--objective", "newest", "--objective", "fewest-builds")]
    public void What_comes_first_counts_most(string expected, params string[] options)
    {
        var plan = JsonDocument
            .Parse(
                Invocation
                    .Of(["plan", "app", "-f", folder["archive"], "--no-config", "--format", "json", .. options])
                    .Output
            )
            .RootElement;

        Assert.Equal(
            expected,
            string.Join(
                ", ",
                plan.GetProperty("steps")
                    .EnumerateArray()
                    .Select(step => $"{step.GetProperty("name")} {step.GetProperty("version")}")
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    [Fact]
    public void The_plan_states_the_values_of_its_objectives()
    {
        var text = Invocation.Of(
            "plan",
            "app",
            "-f",
            folder["archive"],
            "--no-config",
            "--objective",
            "fewest-packages,fewest-changes"
        );
        var json = Invocation.Of(
            "plan",
            "app",
            "-f",
            folder["archive"],
            "--no-config",
            "--objective",
            "fewest-packages,fewest-changes",
            "--format",
            "json"
        );

        Assert.EndsWith(
            "fewest-packages: 2, proven\nfewest-changes: 2, proven\n",
            text.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"objective\": \"fewest-packages\",\n      \"value\": 2,\n      \"at_least\": 2,\n      \"proven\": true",
            json.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_objective_can_be_configured()
    {
        folder.Write("resolver.toml", "objective = [\"fewest-builds\"]\n");

        Assert.EndsWith(
            "fewest-builds: 0, proven\n",
            Invocation.Of("plan", "app", "-f", folder["archive"], "--config", folder["resolver.toml"]).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "'cheapest': it is one of newest, fewest-changes,",
        "plan",
        "app",
        "--objective",
        "fewest-builds,cheapest"
    )]
    [InlineData(
        "--universal does not support --objective",
        "plan",
        "app",
        "--objective",
        "fewest-builds",
        "--universal"
    )]
    public void What_cannot_be_meant_is_a_wrong_command_line(string expected, params string[] arguments)
    {
        var run = Invocation.Of([.. arguments, "--no-config", "-f", folder["archive"]]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
