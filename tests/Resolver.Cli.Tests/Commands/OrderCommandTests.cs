using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>resolver order PATH...</c>: the install order of exactly this batch.</summary>
public sealed class OrderCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public OrderCommandTests() => PythonOnPath.Need();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_files_that_contradict_each_other_are_bad_input_of_order_and_missing_alike()
    {
        var awkward = Path.Combine(Repository.Root, "corpora", "awkward", "archive", "broken");
        string[] given = [Path.Combine(awkward, "first"), Path.Combine(awkward, "second")];

        var order = Invocation.Of(["order", .. given, "--no-installed"]);
        var missing = Invocation.Of(["missing", "--batch", .. given, "--no-installed"]);

        Assert.Equal(ExitCode.BadInput, order.ExitCode);
        Assert.Equal(ExitCode.BadInput, missing.ExitCode);
        Assert.Contains("both are same 1.0, with different content", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_needed_to_build_comes_first_and_the_JSON_says_by_whom_and_as_what()
    {
        var run = Order(Repository.Quickstart("batch"));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var plan = Plan(run);
        Assert.Equal("resolver.plan/1", plan.GetProperty("schema").GetString());
        var steps = plan.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(
            ["tinybuild", "inkpot", "letter-stamp", "letters", "poster"],
            steps.Select(step => step.GetProperty("name").GetString())
        );
        Assert.Equal([1, 2, 2, 2, 3], steps.Select(step => step.GetProperty("stage").GetInt32()));
        Assert.All(steps, step => Assert.Equal("install", step.GetProperty("action").GetString()));
        Assert.All(
            steps,
            step =>
                Assert.StartsWith(
                    Repository.Quickstart("batch") + "/",
                    step.GetProperty("path").GetString(),
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            steps[0].GetProperty("needed_by").EnumerateArray(),
            need => need.GetProperty("name").GetString() == "letters" && need.GetProperty("role").GetString() == "build"
        );
        Assert.True(plan.GetProperty("stats").GetProperty("scan_ms").GetDouble() > 0);
    }

    [Fact]
    public void An_impossible_batch_is_exit_1_and_its_explanation_is_the_output()
    {
        var run = Order(Repository.Quickstart("impossible"));

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Equal("resolver.explanation/1", Plan(run).GetProperty("schema").GetString());
        Assert.False(Plan(run).GetProperty("satisfiable").GetBoolean());
    }

    [Fact]
    public void Going_on_orders_what_can_be_ordered_and_says_why_the_rest_is_left_out()
    {
        var run = Order(Repository.Quickstart("impossible"), "--keep-going");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Equal(
            ["tinybuild", "inkpot"],
            Plan(run).GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString())
        );
        var left = Assert.Single(Plan(run).GetProperty("left_out").EnumerateArray());
        Assert.Equal("letters", left.GetProperty("name").GetString());
        Assert.Contains("tinybuild", left.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_archive_is_fatal_where_it_is_named_and_passed_over_where_it_lies_in_a_directory()
    {
        folder.Tree("app", "1");
        var broken = folder.Write("archive/broken-1.0.tar.gz", "this is no archive");

        var named = Order(broken);
        var passedOver = Order(folder["archive"]);

        Assert.Equal(ExitCode.BadInput, named.ExitCode);
        Assert.Empty(named.Output);
        Assert.Contains("broken-1.0.tar.gz", named.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, passedOver.ExitCode);
        Assert.Contains("broken-1.0.tar.gz", passedOver.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_requirement_is_bad_input_where_its_project_is_named()
    {
        folder.Write(
            "archive/odd/pyproject.toml",
            "[project]\nname = 'odd'\nversion = '1'\ndependencies = ['foo >>> 1']\n"
        );

        var run = Invocation.Of("order", folder["archive/odd"], "--no-installed");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("pyproject.toml:4:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_a_version_is_skipped_with_a_message()
    {
        folder.Tree("app", "1");
        folder.Write("archive/odd/pyproject.toml", "[project]\nname = 'odd'\nversion = '1..x'\n");

        var run = Invocation.Of("order", folder["archive"], "--no-installed");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("odd/pyproject.toml:3:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_archive_is_left_out_where_the_order_continues()
    {
        folder.Tree("app", "1");
        folder.Write("archive/broken-1.0.tar.gz", "this is no archive");

        var run = Order(folder["archive"], "--keep-going");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.EndsWith(
            "broken-1.0.tar.gz",
            Assert.Single(Plan(run).GetProperty("left_out").EnumerateArray()).GetProperty("path").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_path_that_does_not_exist_is_bad_input()
    {
        var run = Order(folder["nowhere"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("nowhere", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_interpreter_is_one_clear_line()
    {
        folder.Tree("app", "1");

        var run = Order(folder["archive"], "--python", folder["no-python"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("no-python", run.Error, StringComparison.Ordinal);
        Assert.Single(
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => line.StartsWith("error: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Time_that_is_over_is_exit_6()
    {
        folder.Tree("app", "1");

        var run = Order(folder["archive"], "--timeout", "0");

        Assert.Equal(ExitCode.GaveUp, run.ExitCode);
    }

    [Theory]
    [InlineData("--plan", "x")]
    [InlineData("--dry-run")]
    [InlineData("-r", "x")]
    [InlineData("--repeat", "2")]
    [InlineData("--proof", "x")]
    [InlineData("--format", "script")]
    public void What_ordering_has_no_use_for_is_a_wrong_command_line(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, Invocation.Of(["order", folder.Path, .. arguments]).ExitCode);

    [Fact]
    public void The_same_input_gives_the_same_text()
    {
        var first = Invocation.Of("order", Repository.Quickstart("batch"), "--no-installed");
        var second = Invocation.Of("order", Repository.Quickstart("batch"), "--no-installed", "-j", "1");

        Assert.Equal(first.Output, second.Output);
    }

    private static Invocation Order(string path, params IReadOnlyList<string> arguments) =>
        Invocation.Of(["order", path, "--no-installed", "--format", "json", .. arguments]);

    private static JsonElement Plan(Invocation run) => JsonDocument.Parse(run.Output).RootElement;
}
