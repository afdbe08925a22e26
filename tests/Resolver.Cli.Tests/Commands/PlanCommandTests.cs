using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Testing.Proofs;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>resolver plan</c>: where requirements come from, and what is preferred.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PlanCommandTests()
    {
        PythonOnPath.Need();
        folder.Tree("app", "1", ["lib>=1"]);
        folder.Tree("app", "2", ["lib>=2"]);
        folder.Tree("lib", "1");
        folder.Tree("lib", "2");
        folder.Tree("lib", "3.0a1");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("app 2, lib 2", "app")]
    [InlineData("app 1, lib 2", "app<2")]
    [InlineData("app 1, lib 1", "app", "--resolution", "lowest")]
    [InlineData("app 1, lib 2", "app", "--resolution", "lowest-direct")]
    [InlineData("app 2, lib 3.0a1", "app", "--prerelease", "allow")]
    [InlineData("lib 3.0a1", "lib>=3.0a1")]
    public void The_best_set_is_chosen(string expected, params string[] arguments) =>
        Assert.Equal(expected, Chosen(arguments));

    [Theory]
    [InlineData(ExitCode.Done, "app<2")]
    [InlineData(ExitCode.Impossible, "app", "lib<2", "app>=2")]
    public void Every_answer_has_a_proof_that_replays(int exitCode, params string[] arguments)
    {
        var run = Invocation.Of([
            "plan",
            .. arguments,
            "-f",
            folder.Path,
            "--no-installed",
            "--no-config",
            "--proof",
            folder["proof"],
        ]);

        Assert.Equal(exitCode, run.ExitCode);
        var formula = File.ReadAllText(folder["proof.cnf"]);
        Assert.Null(DratChecker.Check(formula, File.ReadAllText(folder["proof"])));
        Assert.Equal(
            exitCode == ExitCode.Done,
            formula.Contains("c selected: app 1\nc selected: lib 2\n", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("--universal")]
    [InlineData("--objective", "fewest-packages")]
    [InlineData("--apply-fix", "1")]
    public void Answers_of_another_kind_have_no_proof(params string[] arguments)
    {
        var run = Invocation.Of([
            "plan",
            "app",
            "-f",
            folder.Path,
            "--no-config",
            "--proof",
            folder["proof"],
            .. arguments,
        ]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--proof", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["proof"]));
    }

    [Fact]
    public void Constraints_bound_and_bring_nothing_in()
    {
        var file = folder.Write("c.txt", "lib<2\nabsent==1\n");

        Assert.Equal("app 1, lib 1", Chosen("app", "-c", file));
    }

    [Fact]
    public void Overrides_replace_what_others_require()
    {
        var file = folder.Write("o.txt", "lib==1\n");

        Assert.Equal("app 2, lib 1", Chosen("app", "--overrides", file));
    }

    [Fact]
    public void Requirement_files_are_read_as_pip_reads_them()
    {
        folder.Write("c.txt", "lib<2");
        var file = folder.Write("r.txt", "# wanted\n-c c.txt\napp  # any\n");

        Assert.Equal("app 1, lib 1", Chosen("-r", file));
    }

    [Fact]
    public void A_group_of_a_project_is_a_list_of_requirements()
    {
        var file = folder.Write(
            "pyproject.toml",
            "[dependency-groups]\ntest = [{ include-group = 'old' }]\nold = ['app<2']\n"
        );

        Assert.Equal("app 1, lib 2", Chosen("--group", $"{file}:test"));
    }

    [Fact]
    public void A_project_gives_its_dependencies_and_those_of_the_extras_requested()
    {
        var file = folder.Write(
            "pyproject.toml",
            "[project]\nname = 'mine'\nversion = '1'\ndependencies = ['lib']\n[project.optional-dependencies]\nall = "
                + "['mine[gui]']\ngui = ['app<2']\n"
        );

        Assert.Equal("lib 2", Chosen("--pyproject", file));
        Assert.Equal("app 1, lib 2", Chosen("--pyproject", file, "--extra", "All"));
    }

    [Theory]
    [InlineData("[project]\nname = 'mine'\nversion = '1'\ndynamic = ['dependencies']\n", "dynamic")]
    [InlineData("[project]\nname = 'mine'\nversion = '1'\ndependencies = ['lib >> 1']\n", "lib >> 1")]
    [InlineData("[project\n", "pyproject.toml:1")]
    [InlineData("", "[project]")]
    public void A_project_that_does_not_say_is_bad_input(string text, string expected)
    {
        var run = Plan("--pyproject", folder.Write("pyproject.toml", text));

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-r")]
    [InlineData("-c")]
    [InlineData("--overrides")]
    public void A_file_with_a_line_that_is_no_requirement_is_bad_input_and_names_the_place(string option)
    {
        var file = folder.Write("bad.txt", "lib\nlib ==\n");

        var run = Plan("app", option, file);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("bad.txt:2", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app ==")]
    [InlineData("--extra", "gui")]
    [InlineData("app", "--no-binary", "no name!")]
    [InlineData("app", "-P", "!")]
    [InlineData("app", "--prefer", "tree")]
    [InlineData("app", "--resolution", "newest")]
    [InlineData("app", "--target", "a", "--prefix", "b")]
    [InlineData("app", "--keep-going")]
    [InlineData("app", "--dry-run")]
    [InlineData]
    public void A_wrong_command_line_is_exit_2(params string[] arguments)
    {
        var run = Plan(arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void The_impossible_is_exit_1_and_explained_in_every_form_that_has_words()
    {
        Assert.Contains(
            "lib",
            Invocation.Of("plan", "app", "lib<1", "-f", folder["archive"], "--no-installed").Output,
            StringComparison.Ordinal
        );
        var run = Plan("app", "lib<1");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.Equal(
            "resolver.explanation/1",
            JsonDocument.Parse(run.Output).RootElement.GetProperty("schema").GetString()
        );
    }

    [Theory]
    [InlineData("plan.txt", "lib @ file://")]
    [InlineData("plan.dot", "digraph")]
    [InlineData("plan.mmd", "flowchart")]
    [InlineData("plan.json", "resolver.plan/1")]
    public void The_suffix_of_the_file_picks_the_form(string file, string expected)
    {
        var run = Invocation.Of("plan", "app", "-f", folder["archive"], "--no-installed", "-o", folder[file]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, File.ReadAllText(folder[file]), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_and_why_not_are_answered()
    {
        var why = Invocation.Of("explain", "app", "--why", "lib", "-f", folder["archive"], "--no-installed");
        var whyNot = Invocation.Of("explain", "app", "--why-not", "lib==1", "-f", folder["archive"], "--no-installed");

        Assert.Equal(ExitCode.Done, why.ExitCode);
        Assert.Equal(
            "lib 2 (tree) is in the plan because\n\n  app is requested\n    app 2 requires lib>=2 to run\n",
            why.Output
        );
        Assert.Equal(ExitCode.Done, whyNot.ExitCode);
        Assert.Equal(
            "lib==1 is possible, but then app 1 (tree) would replace app 2 (tree), which is newer.\n"
                + "The planner decides about app before lib, because the requirements lead to it first.\n",
            whyNot.Output
        );
    }

    [Theory]
    [InlineData("for-old 1", "--python-version", "3.8")]
    [InlineData("for-new 1", "--python-version", "3.13.1")]
    [InlineData("for-windows 1", "--python-platform", "windows", "--python-version", "3.11")]
    public void Another_environment_can_be_planned_for(string expected, params string[] arguments)
    {
        folder.Tree("for-old", "1");
        folder.Tree("for-new", "1");
        folder.Tree("for-windows", "1");

        var chosen = Chosen([
            "for-old; python_version < '3.9'",
            "for-new; python_full_version == '3.13.1'",
            "for-windows; sys_platform == 'win32'",
            .. arguments,
        ]);

        Assert.Equal(expected, chosen);
    }

    [Theory]
    [InlineData("--python-version", "three")]
    [InlineData("--python-version", "3")]
    [InlineData("--python-version", "3.12.1.1")]
    [InlineData("--python-platform", "amiga")]
    [InlineData("--python-platform", "x86_64-manylinux_two")]
    public void An_environment_that_means_nothing_is_a_wrong_command_line(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, Plan(["app", .. arguments]).ExitCode);

    [Fact]
    public void A_file_must_have_one_of_the_hashes_that_a_requirement_file_gives()
    {
        var archive = Path.Combine(Repository.Quickstart("batch"), "tinybuild-2.0.tar.gz");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(archive)));
        var right = folder.Write("right.txt", $"tinybuild==2.0 --hash=sha256:{hash}\n");
        var wrong = folder.Write("wrong.txt", $"tinybuild==2.0 --hash=sha256:{new string('0', 64)}\n");

        var trusted = Plan("-f", Repository.Quickstart("batch"), "-r", right);
        var refused = Plan("-f", Repository.Quickstart("batch"), "-r", wrong);

        Assert.Equal(ExitCode.Done, trusted.ExitCode);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("wrong.txt:1", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    [Fact]
    public void An_archive_that_cannot_be_read_is_fatal_where_it_is_named_and_passed_over_where_it_lies_in_a_directory()
    {
        var broken = folder.Write("archive/broken-1.0.zip", "this is no archive");

        var named = Plan("lib", "-f", broken);
        var referenced = Plan($"broken @ file://{broken}");
        var passedOver = Plan("lib");

        Assert.Equal(ExitCode.BadInput, named.ExitCode);
        Assert.Equal(ExitCode.BadInput, referenced.ExitCode);
        Assert.Equal(ExitCode.Done, passedOver.ExitCode);
        Assert.Equal("warning: 1 file cannot be used; see resolver scan\n", passedOver.Error);
    }

    private Invocation Plan(params IReadOnlyList<string> arguments) =>
        Invocation.Of(["plan", .. arguments, "-f", folder["archive"], "--no-installed", "--format", "json"]);

    private string Chosen(params IReadOnlyList<string> arguments)
    {
        var run = Plan(arguments);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        var steps = JsonDocument.Parse(run.Output).RootElement.GetProperty("steps").EnumerateArray();
        return string.Join(
            ", ",
            steps
                .Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("version").GetString()}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_is_missing_is_listed_for_a_machine_with_a_network()
    {
        folder.Tree("top", "1", ["absent>=4"]);

        var run = Invocation.Of(
            "missing",
            "top",
            "-f",
            folder["archive"],
            "--no-installed",
            "--format",
            "requirements"
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["absent>=4"], run.Output.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')));
        Assert.StartsWith("# At least this is missing", run.Output, StringComparison.Ordinal);
    }
}
