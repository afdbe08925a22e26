using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Where requirements and earlier choices come from: scripts (PEP 723), locks and plans, extras, groups,
/// direct references.</summary>
public sealed class RequirementSourcesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public RequirementSourcesTests()
    {
        PythonOnPath.Need();
        folder.Wheel("app", "1", "py3-none-any", "lib");
        folder.Wheel(
            "app",
            "2",
            "py3-none-any",
            "lib",
            "lib<2 ; extra == 'old'",
            "lib>=2 ; extra == 'new'",
            "app[old] ; extra == 'all'"
        );
        folder.Wheel("lib", "1", "py3-none-any");
        folder.Wheel("lib", "2", "py3-none-any");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_script_says_what_it_needs()
    {
        var script = folder.Write(
            "run.py",
            "#!/usr/bin/env python3\n# /// script\n# requires-python = '>=3.8'\n# dependencies = [\n#   'app<2',\n#  "
                + " 'lib>=2',\n# ]\n# ///\nprint('/// script')\n"
        );

        Assert.Equal("app 1, lib 2", Steps("--script", script));
    }

    [Theory]
    [InlineData("print()\n", "it has no closed block '# /// script'")]
    [InlineData("# /// script\n# dependencies = ['app']\nprint()\n", "it has no closed block '# /// script'")]
    [InlineData("# /// script\n# dependencies = ['app >']\n# ///\n", "run.py:2:")]
    [InlineData(
        "# /// script\n# dependencies = []\n# ///\n\n# /// script\n# dependencies = []\n# ///\n",
        "a second block of the type 'script'"
    )]
    public void A_script_that_does_not_say_is_bad_input(string content, string expected)
    {
        var script = folder.Write("run.py", content);

        var run = Run("--script", script);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_for_another_Python_is_warned_of()
    {
        var script = folder.Write(
            "run.py",
            "# /// script\n# requires-python = '<3'\n# dependencies = ['lib']\n# ///\n"
        );

        Assert.Contains(
            "requires Python <3, but the environment ",
            Run("--script", script).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("app 2, lib 1", "app")]
    [InlineData("app 2, lib 2", "app", "-P", "lib")]
    [InlineData("app 2, lib 2", "app", "lib>=2")]
    [InlineData("app 2, lib 2", "app", "-U")]
    public void A_version_of_the_lock_is_kept_where_it_satisfies(string expected, params string[] arguments)
    {
        var locked = folder.Write(
            "pylock.toml",
            "lock-version = '1.0'\ncreated-by = 'test'\n[[packages]]\nname = 'lib'\nversion = '1'\nwheels = [{ path "
                + "= 'archive/lib-1-py3-none-any.whl', hashes = { sha256 = 'aa' } }]\n"
        );

        Assert.Equal(expected, Steps([.. arguments, "--lock", locked]));
    }

    [Fact]
    public void An_earlier_plan_is_a_lock_as_well()
    {
        Run("app<2", "lib<2", "-o", folder["plan.json"]);

        Assert.Equal("app 1, lib 1", Steps("app", "--lock", folder["plan.json"]));
        Assert.EndsWith(
            "fewest-changes: 0, proven\n",
            Run("app", "--lock", folder["plan.json"], "--objective", "fewest-changes").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_yanked_version_is_used_where_the_lock_has_it()
    {
        folder.Write("resolver.toml", "yanked = ['lib==2']\n");
        var locked = folder.Write(
            "pylock.toml",
            "lock-version = '1.0'\ncreated-by = 'test'\n[[packages]]\nname = 'lib'\nversion = '2'\nsdist = { path = "
                + "'lib-2.tar.gz', hashes = { sha256 = 'aa' } }\n"
        );

        Assert.Equal("lib 1", Steps("lib", "--config", folder["resolver.toml"]));
        Assert.Equal("lib 2", Steps("lib", "--config", folder["resolver.toml"], "--lock", locked));
    }

    [Fact]
    public void An_invalid_lock_is_bad_input()
    {
        var run = Run("app", "--lock", folder.Write("pylock.toml", "lock-version = '9.0'\n"));

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("pylock.toml", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Extras_that_exclude_each_other_can_be_had_one_at_a_time()
    {
        Assert.Equal("app 2, lib 1", Steps("app[old]"));
        Assert.Equal("app 2, lib 1", Steps("app[all]>=2"));
        Assert.Equal("app 2, lib 2", Steps("app[new]"));
        var both = Run("app[old,new]==2");
        Assert.Equal(ExitCode.Impossible, both.ExitCode);
        Assert.Contains("app 2", both.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direct_reference_is_met_by_that_file_though_a_newer_one_is_there() =>
        Assert.Equal(
            "app 2, lib 1",
            Steps("app", $"lib @ {new Uri(folder["archive/lib-1-py3-none-any.whl"]).AbsoluteUri}")
        );

    [Fact]
    public void Groups_and_the_project_of_a_tree_are_requested_together()
    {
        var file = folder.Write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\ndependencies = ['app<2']\n[project.optional-dependencies]\nmore = "
                + "['lib<2']\n[dependency-groups]\ntest = [{ include-group = 'base' }]\nbase = ['lib']\n"
        );

        Assert.Equal("app 1, lib 2", Steps("--pyproject", file, "--group", "test"));
        Assert.Equal("app 1, lib 1", Steps("--pyproject", file, "--extra", "more", "--group", $"{file}:test"));
        var tree = Path.GetDirectoryName(file)!;
        Assert.Equal("app 1, lib 2", Steps("--pyproject", tree, "--group", $"{tree}:test"));
    }

    [Fact]
    public void The_plan_is_the_same_however_many_files_are_read_at_once()
    {
        var one = Run("app", "-j", "1", "--format", "requirements");
        var many = Run("app", "-j", "8", "--format", "requirements");

        Assert.Equal(one.Output, many.Output);
    }

    private Invocation Run(params string[] arguments) =>
        Invocation.Of([
            "plan",
            .. arguments,
            "-f",
            folder["archive"],
            "--no-installed",
            .. arguments.Contains("--config") ? [] : new[] { "--no-config" },
        ]);

    private string Steps(params string[] arguments)
    {
        var run = Run([.. arguments, "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        return string.Join(
            ", ",
            JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step => $"{step.GetProperty("name")} {step.GetProperty("version")}")
                .Order(StringComparer.Ordinal)
        );
    }
}
