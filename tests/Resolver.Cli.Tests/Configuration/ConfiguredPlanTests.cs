using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Configuration;

/// <summary>docs/configuration.md, "Rules": what is waived, excluded, declared and yanked, in plans of real
/// trees.</summary>
public sealed class ConfiguredPlanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ConfiguredPlanTests()
    {
        PythonOnPath.Need();
        folder.Tree("app", "1", ["lib"]);
        folder.Tree("app", "2", ["lib"], ["absent-tool"]);
        folder.Tree("lib", "1");
        folder.Tree("lib", "2");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Options_come_from_the_file_and_the_command_line_overrules_them()
    {
        Configure("find-links = 'archive'\nno-installed = true\nresolution = 'lowest'\n");

        Assert.Equal("app 1, lib 1", Chosen("app"));
        Assert.Equal("app 1, lib 2", Chosen("app", "--resolution", "highest"));
        Assert.Equal("lib 2", Chosen("lib", "--resolution=highest"));
    }

    [Theory]
    [InlineData("app 1, lib 2", "")]
    [InlineData("app 2, lib 2", "[[waive]]\nproject = 'App'\nrequirement = 'absent_tool'\n")]
    [InlineData("app 2, lib 2", "[[waive]]\nrequirement = ['other', 'absent-tool']\n")]
    [InlineData("app 2, lib 2", "[[waive]]\nproject = 'app'\nversions = '>=2'\nrequirement = 'absent-tool'\n")]
    [InlineData("app 1, lib 2", "[[waive]]\nproject = 'app'\nversions = '<2'\nrequirement = 'absent-tool'\n")]
    [InlineData("app 1, lib 2", "[[waive]]\nproject = 'lib'\nrequirement = 'absent-tool'\n")]
    public void A_waived_build_requirement_is_needed_by_nobody_it_is_waived_for(string expected, string rule)
    {
        Configure(Basics + rule);

        Assert.Equal(expected, Chosen("app"));
    }

    [Fact]
    public void A_waived_requirement_stays_in_the_plan_as_waived()
    {
        Configure(Basics + "[[waive]]\nrequirement = 'absent-tool'\n");

        var app = JsonDocument
            .Parse(Run("plan", "app", "--format", "json").Output)
            .RootElement.GetProperty("steps")
            .EnumerateArray()
            .Single(step => step.GetProperty("name").GetString() == "app");

        var waived = app.GetProperty("requires")
            .EnumerateArray()
            .Single(each => each.GetProperty("role").GetString() == "build");
        Assert.Equal(
            ("absent-tool", "waived"),
            (waived.GetProperty("requirement").GetString(), waived.GetProperty("satisfied_by").GetString())
        );
    }

    [Theory]
    [InlineData("lib 1", "exclude = ['lib==2']")]
    [InlineData("lib 1", "exclude = [{ requirement = 'LIB>1', reason = 'slow' }]")]
    [InlineData("lib 2", "exclude = ['lib<2', 'other']")]
    public void An_excluded_version_is_never_chosen(string expected, string rule)
    {
        Configure(rule + "\n" + Basics);

        Assert.Equal(expected, Chosen("lib"));
    }

    [Fact]
    public void A_wholly_excluded_project_is_unavailable_and_the_reason_is_given()
    {
        Configure("exclude = [{ requirement = 'lib', reason = 'not ours to ship' }]\n" + Basics);

        var run = Run("plan", "app");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Contains("not ours to ship", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_yanked_version_is_chosen_only_where_exactly_it_is_requested()
    {
        Configure("yanked = [{ requirement = 'lib==2', reason = 'lost a file' }]\n" + Basics);

        Assert.Equal("lib 1", Chosen("lib"));
        Assert.Equal("lib 2", Chosen("lib==2"));
    }

    [Fact]
    public void Declared_metadata_replaces_what_the_archive_does_not_state()
    {
        Configure(
            Basics + "[[dependency-metadata]]\nname = 'quiet'\nrequires-dist = ['lib<2', 'app; extra == \"all\"']\n"
        );
        folder.Write(
            "archive/quiet-1/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'b'\nbackend-path = ['.']\n[project]\nname = "
                + "'quiet'\nversion = '1'\ndynamic = ['dependencies', 'optional-dependencies']\n"
        );

        Assert.Equal(
            ExitCode.Impossible,
            Run("plan", "quiet", "--no-config", "-f", folder["archive"], "--no-installed").ExitCode
        );
        Assert.Equal("lib 1, quiet 1", Chosen("quiet"));
        Assert.Equal("app 1, lib 1, quiet 1", Chosen("quiet[all]"));
    }

    [Fact]
    public void Declared_metadata_are_not_offered_where_the_file_has_a_defect()
    {
        folder.Write(
            "archive/quiet-1/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'b'\nbackend-path = ['../x']\n[project]\nname = "
                + "'quiet'\nversion = '1'\n"
        );
        Configure(Basics + "[[dependency-metadata]]\nname = 'quiet'\nrequires-dist = []\nbuild-requires = []\n");

        var plan = Run("plan", "quiet", "-f", folder["archive"], "--no-installed");

        Assert.Equal(ExitCode.Impossible, plan.ExitCode);
        Assert.DoesNotContain("declare", plan.Output, StringComparison.Ordinal);
        Assert.Matches("1\\. replace .*quiet-1 with a file that can be used", plan.Output);
    }

    [Fact]
    public void A_scan_says_what_was_declared_and_has_no_complaint_that_was_answered()
    {
        Configure(
            Basics
                + "[[dependency-metadata]]\nfile = 'archive/nameless'\nname = 'quiet'\nversion = "
                + "'1.5'\nrequires-dist = []\nrequires-python = '>=3.8'\nprovides-extra = ['all']\n"
        );
        folder.Write("archive/nameless/setup.py", "from setuptools import setup\nsetup(**compute())\n");

        var line = Run("scan", folder["archive/nameless"], "--format", "json").Output;

        var scanned = JsonDocument.Parse(line).RootElement;
        Assert.Equal(
            ("quiet", "1.5"),
            (scanned.GetProperty("name").GetString(), scanned.GetProperty("version").GetString())
        );
        Assert.Equal("declared", scanned.GetProperty("known").GetProperty("requires_dist").GetString());
        Assert.Equal("all", scanned.GetProperty("extras").EnumerateArray().Single().GetString());
        Assert.Empty(scanned.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public void The_program_shows_the_rules_and_their_origin()
    {
        Configure(
            Basics
                + "[[waive]]\nrequirement = 'absent-tool'\nreason = 'only for releases'\n[projects.app]\nenv = { "
                + "BLAS = 'none' }\n[environments.old]\npython-version = '3.8'\nmarkers = { sys_platform = "
                + "'sunos5' }\n"
        );

        var rules = JsonDocument
            .Parse(Run("config", "--format", "json").Output)
            .RootElement.GetProperty("rules")
            .EnumerateArray()
            .Select(rule =>
                $"{rule.GetProperty("key").GetString()}: {rule.GetProperty("text").GetString()} "
                + $"@{rule.GetProperty("from")[0].GetProperty("line").GetInt32()}"
            );

        Assert.Equal(
            [
                "waive: every project need not have absent-tool (only for releases) @3",
                "projects.app.env: BLAS=none @7",
                "environments.old: Python 3.8, sys_platform=sunos5 @8",
            ],
            rules
        );
    }

    private const string Basics = "find-links = 'archive'\nno-installed = true\n";

    private void Configure(string text) => folder.Write("resolver.toml", text);

    private Invocation Run(params IReadOnlyList<string> arguments) =>
        Invocation.Of(
            new ConsoleEnvironment
            {
                WorkingDirectory = folder.Path,
                Interruption = TestContext.Current.CancellationToken,
            },
            arguments
        );

    private string Chosen(params IReadOnlyList<string> arguments)
    {
        var run = Run(["plan", .. arguments, "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        var steps = JsonDocument.Parse(run.Output).RootElement.GetProperty("steps").EnumerateArray();
        return string.Join(
            ", ",
            steps
                .Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("version").GetString()}")
                .Order(StringComparer.Ordinal)
        );
    }
}
