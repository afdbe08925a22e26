using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>The questions of <c>explain</c>, <c>missing --batch</c> and <c>--apply-fix</c>, on trees in a
/// folder.</summary>
public sealed class ExplainCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ExplainCommandTests()
    {
        folder.Tree("app", "1", ["lib>=2"]);
        folder.Tree("tool", "1", ["lib<2"]);
        folder.Tree("lib", "1", []);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Why not letters==9?", "No plan with letters==9", "--why-not", "letters==9")]
    [InlineData("Why letters before poster?", "comes before poster", "--why-before", "letters", "poster")]
    [InlineData("Build dependency cycles", "There is no build dependency cycle.", "--cycles")]
    public void Every_question_has_a_page(string title, string answer, params string[] question)
    {
        PythonOnPath.Need();

        var run = Invocation.Of([
            "explain",
            "poster",
            "-f",
            Repository.Quickstart("archive"),
            "--no-installed",
            "--format",
            "html",
            .. question,
        ]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains($"<h1>{title}</h1>", run.Output, StringComparison.Ordinal);
        Assert.Contains(answer, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fix_is_applied_by_its_number()
    {
        var without = Ask("plan", "app");
        var fixes = Fixes("app");
        var relax = fixes.FindIndex(each => each.StartsWith("run app 1 with lib 1", StringComparison.Ordinal)) + 1;
        var with = Ask("plan", "app", "--apply-fix", $"{relax}");

        Assert.Equal(ExitCode.Impossible, without.ExitCode);
        Assert.Contains("--apply-fix N", without.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, with.ExitCode);
        Assert.Contains("lib 1 (tree)", with.Output, StringComparison.Ordinal);
        Assert.Contains("applied fix: run app 1 with lib 1", with.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_needs_a_file_first_is_shown_and_not_installed()
    {
        var add = Fixes("app").IndexOf("add lib>=2 to the archive") + 1;
        var plan = Ask("plan", "app", "--apply-fix", $"{add}");
        var install = Ask("install", "app", "--apply-fix", $"{add}", "--prefix", folder["prefix"]);

        Assert.Equal(ExitCode.Done, plan.ExitCode);
        Assert.Contains("not there yet; its requirements are unknown", plan.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, install.ExitCode);
        Assert.Contains("carry out the fix first", install.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fix_of_a_batch_is_applied_by_its_number_wherever_batches_are_taken()
    {
        string[] batch = [folder["archive"], "--no-installed"];
        var without = Invocation.Of(["order", .. batch]);
        var number = without
            .Output.Split('\n')
            .Select(line => line.Trim())
            .First(line => line.EndsWith("leave app 1 out of the batch", StringComparison.Ordinal))
            .Split('.')[0];
        var order = Invocation.Of(["order", .. batch, "--apply-fix", number]);
        var dry = Invocation.Of([
            "install",
            "--batch",
            .. batch,
            "--apply-fix",
            number,
            "--dry-run",
            "--prefix",
            folder["prefix"],
            "--format",
            "json",
        ]);

        Assert.Equal(ExitCode.Impossible, without.ExitCode);
        Assert.Contains(
            "--apply-fix N plans with one of them; --keep-going orders what can be ordered as it is.",
            without.Output,
            StringComparison.Ordinal
        );
        foreach (var applied in new[] { order, dry })
        {
            Assert.True(applied.ExitCode == ExitCode.Done, applied.Error);
            Assert.Contains("applied fix: leave app 1 out of the batch", applied.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("app-1", applied.Output, StringComparison.Ordinal);
        }
        Assert.Equal(
            ExitCode.Usage,
            Invocation.Of(["order", .. batch, "--keep-going", "--apply-fix", number]).ExitCode
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_prefixes_are_two_commands_that_can_be_run(bool isBatch)
    {
        folder.Tree("lib", "2", []);
        string[] asked = isBatch
            ? ["order", folder["archive/app-1"], folder["archive/tool-1"]]
            : ["plan", "app", "tool"];
        string[] options = ["-f", folder["archive"], "--no-installed"];
        var fixes = Invocation.Of([.. asked, .. options]).Output.Split('\n').Select(line => line.Trim()).ToList();
        var number = fixes.First(line => line.Contains("use two prefixes: app", StringComparison.Ordinal)).Split('.')[
            0
        ];

        var applied = Invocation.Of([.. asked, .. options, "--apply-fix", number]);
        var commands = applied
            .Error.Split('\n')
            .Where(line => line.Contains(": resolver ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(": resolver ", StringComparison.Ordinal) + 11)..].Split(' '))
            .ToList();
        var halves = commands.ConvertAll(command => Invocation.Of(command));

        Assert.Equal(2, halves.Count);
        Assert.All(halves, half => Assert.True(half.ExitCode == ExitCode.Done, half.Error));
        Assert.Equal(applied.Output, halves[0].Output);
        Assert.Contains("tool 1", halves[1].Output, StringComparison.Ordinal);
        Assert.DoesNotContain("app 1", halves[1].Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicting_builds_are_isolated_by_the_number_of_that_fix()
    {
        PythonOnPath.Need();
        folder.Write(
            "apart/old/pyproject.toml",
            "[project]\nname = 'old'\nversion = '1'\n[build-system]\nrequires = ['lib<2']\nbuild-backend = 'x'\n"
        );
        folder.Write(
            "apart/new/pyproject.toml",
            "[project]\nname = 'new'\nversion = '1'\n[build-system]\nrequires = ['lib>=2']\nbuild-backend = 'x'\n"
        );
        folder.Tree("lib", "2", []);
        string[] arguments =
        [
            "plan",
            "old",
            "new",
            "-f",
            folder["apart"],
            "-f",
            folder["archive"],
            "--no-installed",
            "--format",
            "json",
        ];

        var without = Invocation.Of(arguments);
        var with = Invocation.Of([.. arguments, "--apply-fix", "1"]);

        using var explanation = JsonDocument.Parse(without.Output);
        Assert.Equal(
            "--build-isolation per-build",
            explanation.RootElement.GetProperty("fixes")[0][0].GetProperty("use").GetString()
        );
        using var plan = JsonDocument.Parse(with.Output);
        Assert.Equal("per-build", plan.RootElement.GetProperty("build_isolation").GetString());
    }

    [Fact]
    public void What_no_addition_helps_is_said_beside_the_list_for_the_rest()
    {
        folder.Tree("needy", "1", ["nowhere>=3"]);
        folder.Tree("lib", "2", []);

        var text = Invocation.Of("missing", "--batch", folder["archive"], "--no-installed");
        var json = Invocation.Of("missing", "--batch", folder["archive"], "--no-installed", "--format", "json");
        var file = Invocation.Of("missing", "--batch", folder["archive"], "--no-installed", "--format", "requirements");

        Assert.Equal(ExitCode.Impossible, text.ExitCode);
        Assert.Contains("  nowhere>=3\n", text.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Adding files does not make these possible; the list is for the rest:",
            text.Output,
            StringComparison.Ordinal
        );
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(
            "nowhere",
            Assert.Single(document.RootElement.GetProperty("add").EnumerateArray()).GetProperty("name").GetString()
        );
        Assert.Equal(
            ["lib==1", "tool==1"],
            document
                .RootElement.GetProperty("beyond_help")
                .EnumerateArray()
                .Select(each => each.GetProperty("requirement").GetString())
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(["nowhere>=3"], file.Output.Split('\n').Where(line => line.Length > 0 && line[0] != '#'));
    }

    [Theory]
    [InlineData("app", "--apply-fix", "99")]
    [InlineData("app", "--apply-fix", "0")]
    [InlineData("lib", "--apply-fix", "1")]
    public void A_fix_that_does_not_exist_is_exit_2(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, Ask("plan", arguments).ExitCode);

    [Fact]
    public void All_conflicts_are_listed_and_counted()
    {
        folder.Tree("other", "1", ["nowhere"]);

        var run = Ask("explain", "app", "other", "--all", "--format", "json");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(2, json.RootElement.GetProperty("conflicts").GetArrayLength());
        Assert.True(json.RootElement.GetProperty("all_conflicts").GetBoolean());
    }

    [Fact]
    public void Two_questions_at_once_are_exit_2()
    {
        Assert.Equal(ExitCode.Usage, Ask("explain", "app", "--all", "--why", "lib").ExitCode);
        Assert.Equal(
            ExitCode.Usage,
            Ask("explain", "tool", "--why-before", "lib", "tool", "--why-not", "lib").ExitCode
        );
    }

    [Fact]
    public void The_order_and_what_is_not_newer_are_explained()
    {
        var before = Ask("explain", "tool", "--why-before", "lib", "tool");
        var newest = Ask("explain", "tool", "--why-not", "lib");

        Assert.Equal(ExitCode.Done, before.ExitCode);
        Assert.Contains("comes before", before.Output, StringComparison.Ordinal);
        Assert.Equal("lib 1 (tree) is in the plan, and is the newest there is.\n", newest.Output);
    }

    [Fact]
    public void A_batch_is_explained_and_what_it_lacks_is_listed()
    {
        folder.Tree("needy", "1", ["nowhere>=3"]);
        var batch = folder["archive"] + "/needy-1";
        if (!Directory.Exists(batch))
            batch = Directory
                .EnumerateDirectories(folder["archive"])
                .Single(each => Path.GetFileName(each).StartsWith("needy", StringComparison.Ordinal));

        var explained = Invocation.Of("explain", "--batch", batch, "--no-installed");
        var missing = Invocation.Of("missing", "--batch", batch, "--no-installed", "--format", "json");
        var cycles = Invocation.Of("explain", "--cycles", "--batch", batch, "--no-installed");

        Assert.Equal(ExitCode.Impossible, explained.ExitCode);
        Assert.StartsWith(
            "No plan for the batch: needy 1 requires nowhere>=3",
            explained.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Done, missing.ExitCode);
        using var json = JsonDocument.Parse(missing.Output);
        Assert.Equal("nowhere>=3", json.RootElement.GetProperty("add")[0].GetProperty("requirement").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("given").GetInt32());
        Assert.Equal("There is no build dependency cycle.\n", cycles.Output);
    }

    [Fact]
    public void What_is_installed_but_left_out_is_a_near_miss()
    {
        PythonOnPath.Need();
        var site = folder["site"];
        folder.Write("site/helper-2.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: helper\nVersion: 2.0\n");
        folder.Write("archive/helper-2.0.tar.gz", "not an archive");
        folder.Tree("asks", "1", ["helper"]);

        var run = Invocation.Of("plan", "asks", "-f", folder["archive"], "--no-installed");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Contains("helper-2.0.tar.gz) has this name, but cannot be used", run.Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(site));
    }

    private List<string> Fixes(string requirement)
    {
        using var json = JsonDocument.Parse(Ask("explain", requirement, "--format", "json").Output);
        return
        [
            .. json
                .RootElement.GetProperty("fixes")
                .EnumerateArray()
                .Select(fix =>
                    string.Join(", and ", fix.EnumerateArray().Select(action => action.GetProperty("text").GetString()))
                ),
        ];
    }

    private Invocation Ask(string command, params string[] arguments) =>
        Invocation.Of([command, .. arguments, "-f", folder["archive"], "--no-installed"]);
}
