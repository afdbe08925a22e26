using Resolver.Cli.Configuration;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Configuration;

/// <summary>docs/configuration.md, "Files": where they are found, and that nothing in them passes unread.</summary>
public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_nearest_folder_above_that_has_one_counts_and_none_above_it()
    {
        folder.Write("resolver.toml", "resolution = 'lowest'\njobs = 7\n");
        folder.Write("near/resolver.toml", "resolution = 'lowest-direct'\n");
        folder.Write("near/deep/pyproject.toml", "[tool.other]\nresolver = 1\n");

        Assert.Equal("lowest-direct", Config("near/deep").Of("resolution"));
        Assert.Equal("-", Config("near/deep").Of("jobs"));
    }

    [Fact]
    public void Of_one_folder_resolver_toml_goes_before_the_table_of_pyproject_toml_key_by_key()
    {
        folder.Write("resolver.toml", "resolution = 'lowest'\n");
        folder.Write("pyproject.toml", "[tool.resolver]\nresolution = 'highest'\njobs = 7\n");

        Assert.Equal("lowest", Config("").Of("resolution"));
        Assert.Equal("7", Config("").Of("jobs"));
    }

    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_files()
    {
        folder.Write("resolver.toml", "resolution = 'lowest'\nprerelease = 'allow'\njobs = 2\n");
        var environment = Here("") with
        {
            Variables = new Dictionary<string, string>
            {
                ["RESOLVER_PRERELEASE"] = "disallow",
                ["RESOLVER_JOBS"] = "3",
                ["RESOLVER_COLOR"] = "",
            },
        };

        var shown = Invocation.Of(environment, "config", "-j", "4");

        Assert.Equal(("4", "command line"), (shown.Of("jobs"), shown.From("jobs")));
        Assert.Equal(("disallow", "RESOLVER_PRERELEASE"), (shown.Of("prerelease"), shown.From("prerelease")));
        Assert.Equal(("lowest", $"{folder["resolver.toml"]}:1"), (shown.Of("resolution"), shown.From("resolution")));
        Assert.Equal(("auto", "default"), (shown.Of("color"), shown.From("color")));
    }

    [Fact]
    public void Lists_of_places_and_projects_add_up_and_rankings_do_not()
    {
        folder.Write("resolver.toml", "no-binary = ['a']\nprefer = ['sdist']\n");

        var shown = Invocation.Of(Here(""), "config", "--no-binary", "b", "--prefer", "wheel");

        Assert.Equal("b, a", shown.Of("no-binary"));
        Assert.Equal("wheel", shown.Of("prefer"));
    }

    [Fact]
    public void Where_to_install_is_one_question_with_one_answer()
    {
        folder.Write("resolver.toml", "prefix = 'somewhere'\n");

        var shown = Invocation.Of(Here(""), "config", "--target", "there");

        Assert.Equal(("there", "-"), (shown.Of("target"), shown.Of("prefix")));
    }

    [Fact]
    public void Paths_are_relative_to_the_file_that_names_them_and_programs_without_a_separator_are_sought_on_PATH()
    {
        folder.Write("conf/mine.toml", "find-links = 'archive'\npython = 'python3'\npip = './pip'\n");

        var shown = Invocation.Of("config", "--config", folder["conf/mine.toml"]);

        Assert.Equal(folder["conf/archive"], shown.Of("find-links"));
        Assert.Equal("python3", shown.Of("python"));
        Assert.Equal(folder["conf/./pip"], shown.Of("pip"));
    }

    [Theory]
    [InlineData("resolutoin = 'x'", ":1:", "'resolution'")]
    [InlineData("\nresolution = 'newest'", ":2", "highest, lowest, lowest-direct")]
    [InlineData("jobs = 0", ":1", "at least 1")]
    [InlineData("jobs = '2'", ":1:", "a number")]
    [InlineData("upgrade = 'yes'", ":1:", "true or false")]
    [InlineData("python = 3.11", ":1:", "a string")]
    [InlineData("find-links = [1]", ":1:", "strings")]
    [InlineData("find-links = ['']", ":1:", "not empty")]
    [InlineData("no-binary = ['a b']", ":1:", "'a b'")]
    [InlineData("x = ", ":1:", "TOML")]
    [InlineData("jobs = 1\njobs = 2", ":2:", "jobs")]
    [InlineData("exclude = ['a[x]']", ":1:", "a project and versions only")]
    [InlineData("exclude = [{ reason = 'x' }]", ":1:", "'requirement'")]
    [InlineData("[[waive]]\nproject = 'a'", ":1:", "'requirement'")]
    [InlineData("[[waive]]\nversions = '<1'\nrequirement = 'b'", ":1:", "'project'")]
    [InlineData("[[waive]]\nrequirment = 'b'", ":2:", "'waive.requirement'")]
    [InlineData("waive = ['a']", ":1:", "tables")]
    [InlineData("[[dependency-metadata]]\nversion = '1'", ":1:", "'name'")]
    [InlineData(
        "[[dependency-metadata]]\nname = 'a'\nrequires_dist = []",
        ":3:",
        "'dependency-metadata.requires-dist'"
    )]
    [InlineData("[[dependency-metadata]]\nname = 'a'\nversion = 'one'", ":3:", "one")]
    [InlineData("[projects.a]\nenvironment = {}", ":2:", "projects.a.env")]
    [InlineData("[projects.a.env]\nX = 1", ":2:", "a string")]
    [InlineData("[projects.'a b'.env]\nX = '1'", ":1:", "a b")]
    [InlineData("[environments.a.markers]\nsys_platfrom = 'x'", ":2:", "sys_platform")]
    [InlineData("[environments.a]\npython_version = '3.11'", ":2:", "'environments.a.python-version'")]
    public void What_is_wrong_is_bad_input_that_names_the_file_the_line_and_what_is_expected(
        string text,
        string place,
        string expected
    )
    {
        folder.Write("resolver.toml", text + "\n");

        var run = Config("");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(folder["resolver.toml"] + place, run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[tool.resolver]\njbos = 1\n", "'tool.resolver.jobs'")]
    [InlineData("[tool]\nresolver = 1\n", "a table")]
    [InlineData("[tool.resolver\n", "TOML")]
    public void The_table_of_a_project_is_read_as_strictly(string text, string expected)
    {
        folder.Write("pyproject.toml", text);

        var run = Config("");

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_says_nothing_to_us_is_left_alone_even_where_it_is_broken()
    {
        folder.Write("pyproject.toml", "[project\n");

        Assert.Equal(ExitCode.Done, Config("").ExitCode);
    }

    [Fact]
    public void A_named_file_must_be_there_and_a_named_project_must_have_the_table()
    {
        var project = folder.Write("pyproject.toml", "[project]\nname = 'a'\n");

        Assert.Equal(ExitCode.BadInput, Invocation.Of("config", "--config", folder["absent.toml"]).ExitCode);
        Assert.Contains(
            "[tool.resolver]",
            Invocation.Of("config", "--config", project).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_file_is_read_where_none_is_wanted()
    {
        folder.Write("resolver.toml", "this is no TOML");
        var environment = Here("") with { Variables = new Dictionary<string, string> { ["RESOLVER_NO_CONFIG"] = "1" } };

        Assert.Equal(ExitCode.Done, Invocation.Of(Here(""), "config", "--no-config").ExitCode);
        Assert.Equal(ExitCode.Done, Invocation.Of(environment, "config").ExitCode);
        Assert.Equal(
            ExitCode.Usage,
            Invocation.Of("config", "--no-config", "--config", folder["resolver.toml"]).ExitCode
        );
    }

    [Theory]
    [InlineData("RESOLVER_UPGRADE", "perhaps")]
    [InlineData("RESOLVER_RESOLUTION", "newest")]
    [InlineData("RESOLVER_JOBS", "many")]
    public void A_variable_that_means_nothing_is_a_wrong_command_line_and_is_named(string name, string value)
    {
        var run = Invocation.Of(
            new ConsoleEnvironment { Variables = new Dictionary<string, string> { [name] = value } },
            "config"
        );

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_nearly_one_of_ours_is_warned_of_and_a_stranger_is_not()
    {
        var run = Invocation.Of(
            new ConsoleEnvironment
            {
                Variables = new Dictionary<string, string>
                {
                    ["RESOLVER_FIND_LINK"] = "x",
                    ["RESOLVER_CONFORMANCE"] = "y",
                },
            },
            "config"
        );

        Assert.Contains("RESOLVER_FIND_LINKS", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("RESOLVER_CONFORMANCE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_of_an_option_is_the_name_of_an_option()
    {
        string[] commands = ["plan", "install", "scan"];
        var help = string.Concat(commands.Select(command => Invocation.Of(command, "--help").Output));

        Assert.All(Settings.All, setting => Assert.Contains(setting.Option, help, StringComparison.Ordinal));
    }

    [Fact]
    public void What_measures_by_itself_asks_no_file()
    {
        folder.Write("resolver.toml", "this is no TOML");
        var universe = folder.Write("u.json", """{ "root": ["a"], "packages": { "a": [ { "version": "1" } ] } }""");

        Assert.Equal(ExitCode.Done, Invocation.Of(Here(""), "solve", universe).ExitCode);
    }

    private ConsoleEnvironment Here(string at) => new() { WorkingDirectory = folder[at].TrimEnd('/') };

    private Invocation Config(string at) => Invocation.Of(Here(at), "config");
}
