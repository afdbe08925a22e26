using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, <c>--universal</c> and <c>--environment</c>: one plan for several environments; steps that
/// differ carry markers, and a name may then repeat.</summary>
public sealed class SeveralEnvironmentsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SeveralEnvironmentsTests()
    {
        PythonOnPath.Need();
        folder.Wheel(
            "app",
            "1",
            "py3-none-any",
            "lib",
            "posix ; os_name == 'posix'",
            "winapi ; sys_platform == 'win32'"
        );
        folder.Wheel("lib", "1", "py3-none-any");
        folder.Wheel("lib", "2", "py3-none-any", "posix<2 ; sys_platform == 'linux'");
        folder.Wheel("posix", "1", "py3-none-any");
        folder.Wheel("posix", "2", "py3-none-any");
        folder.Wheel("winapi", "1", "py3-none-any", "posix>=2");
        folder.Write(
            "resolver.toml",
            """
            [environments.cluster]
            python-version = "3.11"
            python-platform = "x86_64-manylinux_2_17"
            [environments.laptop]
            python-version = "3.12"
            python-platform = "macos"
            [environments.office]
            python-version = "3.12.4"
            python-platform = "windows"
            [environments.old-cluster]
            python-version = "3.11"
            python-platform = "x86_64-manylinux_2_12"
            """
        );
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_universal_plan_agrees_where_it_can_and_marks_what_differs() =>
        Assert.Equal(
            "app 1, lib 2, posix 1 (os_name == \"posix\"), posix 2 (sys_platform == \"win32\"), winapi 1 "
                + "(sys_platform == \"win32\")",
            Steps(Plan("app", "--universal", "--python-version", "3.11"))
        );

    [Fact]
    public void A_newer_version_that_no_environment_can_use_is_named()
    {
        folder.Write("archive/lib-3-py3-none-any.whl", "no wheel");

        var plan = Plan("app", "--universal", "--python-version", "3.11");

        Assert.Equal(
            ["lib 3 unreadable"],
            plan.GetProperty("passed_over")
                .EnumerateArray()
                .Select(each => $"{each.GetProperty("name")} {each.GetProperty("version")} {each.GetProperty("why")}")
        );
    }

    [Fact]
    public void Named_environments_are_distinguished_by_the_shortest_markers() =>
        Assert.Equal(
            "app 1, lib 2, posix 1 (sys_platform != \"win32\"), posix 2 (sys_platform == \"win32\"), winapi 1 "
                + "(sys_platform == \"win32\")",
            Steps(Plan("app", "--environment", "cluster", "--environment", "laptop", "--environment", "office"))
        );

    [Fact]
    public void The_environments_of_a_plan_are_in_it()
    {
        var plan = Plan("app", "--environment", "cluster", "--environment", "office");

        Assert.Equal(
            [
                "cluster: sys_platform == \"linux\" and python_version == \"3.11\" and platform_machine == "
                    + "\"x86_64\" and implementation_name == \"cpython\"",
                "office: sys_platform == \"win32\" and python_full_version == \"3.12.4\" and platform_machine == "
                    + "\"AMD64\" and implementation_name == \"cpython\"",
            ],
            plan.GetProperty("environments")
                .EnumerateArray()
                .Select(each => $"{each.GetProperty("name")}: {each.GetProperty("markers")}")
        );
        Assert.Equal("cpython", plan.GetProperty("environment").GetProperty("implementation_name").GetString());
        Assert.False(plan.GetProperty("environment").TryGetProperty("sys_platform", out _));
    }

    [Fact]
    public void One_environment_by_name_is_a_plan_without_markers() =>
        Assert.Equal("app 1, lib 2, posix 1", Steps(Plan("app", "--environment", "cluster")));

    [Fact]
    public void A_plan_with_markers_is_read_back_as_it_was_written()
    {
        Run("plan", "app", "--universal", "--python-version", "3.8", "-o", folder["plan.json"]);

        var run = Run(
            "install",
            "--plan",
            folder["plan.json"],
            "--prefix",
            folder["prefix"],
            "--dry-run",
            "--format",
            "json"
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(File.ReadAllText(folder["plan.json"]), run.Output);
    }

    [Fact]
    public void Only_the_steps_for_the_target_are_installed()
    {
        PythonOnPath.NeedPip();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the target must be the Linux of the plan");
        Run("plan", "app", "--universal", "--python-version", "3.8", "-o", folder["plan.json"]);

        var run = Run("install", "--plan", folder["plan.json"], "--prefix", folder["prefix"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(
            ["app-1", "lib-2", "posix-1"],
            Directory
                .GetDirectories(folder["prefix"], "*.dist-info", SearchOption.AllDirectories)
                .Select(each => Path.GetFileNameWithoutExtension(each))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_plan_that_is_not_for_the_target_is_refused()
    {
        PythonOnPath.NeedPip();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the target must not be the Windows of the plan");
        Run("plan", "app", "--environment", "office", "-o", folder["plan.json"]);

        var run = Run("install", "--plan", folder["plan.json"], "--prefix", folder["prefix"]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("the plan is not for ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["prefix/lib"]));
    }

    [Fact]
    public void A_person_reads_where_a_step_is_taken()
    {
        var run = Run("plan", "app", "--environment", "cluster", "--environment", "office");

        Assert.StartsWith(
            "For 2 environments:\n  cluster: sys_platform == \"linux\" and python_version == \"3.11\" and "
                + "platform_machine == \"x86_64\" and implementation_name == \"cpython\"\n  office: ",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("    only where sys_platform == \"win32\"\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Requirements_carry_the_markers() =>
        Assert.Equal(
            [
                "app==1",
                "lib==2",
                "posix==1 ; sys_platform == \"linux\"",
                "posix==2 ; sys_platform == \"win32\"",
                "winapi==1 ; sys_platform == \"win32\"",
            ],
            Run("plan", "app", "--environment", "cluster", "--environment", "office", "--format", "requirements")
                .Output.Split('\n')
                .Where(line => line.Length > 0 && line[0] != ' ')
                .Select(line => line.TrimEnd(' ', '\\'))
        );

    [Fact]
    public void Graphs_have_a_node_for_each_version_and_edges_only_where_both_are_taken()
    {
        var dot = Run("plan", "app", "--environment", "cluster", "--environment", "office", "--format", "dot").Output;
        var mermaid = Run(
            "plan",
            "app",
            "--environment",
            "cluster",
            "--environment",
            "office",
            "--format",
            "mermaid"
        ).Output;

        Assert.Contains(
            "\"posix==1\" [label=\"posix 1 (wheel)\\nsys_platform == \\\"linux\\\"\"];",
            dot,
            StringComparison.Ordinal
        );
        Assert.Contains("\"winapi\" -> \"posix==2\";", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("\"winapi\" -> \"posix==1\";", dot, StringComparison.Ordinal);
        Assert.Contains(
            "s3[\"posix 1 (wheel)<br>sys_platform == #quot;linux#quot;\"]",
            mermaid,
            StringComparison.Ordinal
        );
        Assert.Contains("s5 --> s4\n", mermaid, StringComparison.Ordinal);
    }

    [Fact]
    public void Requires_python_of_the_project_says_which_Pythons_there_are()
    {
        folder.Wheel("back", "1", "py3-none-any");
        var file = folder.Write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.9,<3.12'\ndependencies = [\"back ; "
                + "python_version < '3.10'\", \"lib ; python_version >= '3.12'\"]\n"
        );

        var plan = Plan("--pyproject", file, "--universal");

        Assert.Equal("back 1 (python_version == \"3.9\")", Steps(plan));
        Assert.Equal(
            ["python_version == \"3.9\"", "python_version >= \"3.10\" and python_version < \"3.12\""],
            plan.GetProperty("environments")
                .EnumerateArray()
                .Select(each => each.GetProperty("markers").GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_wheel_is_taken_where_it_fits_and_the_source_is_built_elsewhere()
    {
        folder.Wheel("fast", "1", "cp311-cp311-manylinux_2_17_x86_64");
        folder.Tree("fast", "1", builds: ["backend"]);
        folder.Wheel("backend", "1", "py3-none-any");

        var plan = Plan("fast", "--universal", "--python-version", "3.11");

        const string fits =
            "sys_platform == \"linux\" and python_version == \"3.11\" and platform_machine == \"x86_64\" and "
            + "implementation_name == \"cpython\"";
        const string elsewhere =
            "implementation_name != \"cpython\" or platform_machine != \"x86_64\" or python_version >= \"3.12\" or "
            + "sys_platform != \"linux\"";
        Assert.Equal($"backend 1 ({elsewhere}), fast 1 ({fits}), fast 1 ({elsewhere})", Steps(plan));
    }

    [Fact]
    public void Where_a_version_has_only_wheels_the_plan_is_for_the_environments_that_they_fit_unless_others_are_required()
    {
        folder.Wheel("fast", "1", "cp311-cp311-manylinux_2_17_x86_64");
        folder.Wheel("fast", "1", "cp311-cp311-win_amd64");

        var plan = Plan("fast", "--universal", "--python-version", "3.11");
        folder.Write("resolver.toml", "[universal]\nrequired = [\"sys_platform == 'darwin'\"]\n");
        var required = Run("plan", "fast", "--universal", "--python-version", "3.11");

        Assert.Equal("fast 1 (sys_platform == \"linux\"), fast 1 (sys_platform == \"win32\")", Steps(plan));
        Assert.Equal(2, plan.GetProperty("environments").GetArrayLength());
        Assert.Equal(ExitCode.Impossible, required.ExitCode);
        Assert.StartsWith("For sys_platform == \"darwin\"", required.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_can_name_the_only_environments_that_count()
    {
        folder.Write(
            "resolver.toml",
            "[universal]\nenvironments = [\"sys_platform == 'win32'\", \"sys_platform == 'darwin'\"]\n"
        );

        Assert.Equal(
            "app 1, lib 2, posix 2, winapi 1 (sys_platform == \"win32\")",
            Steps(Plan("app", "--universal", "--python-version", "3.11"))
        );
    }

    [Fact]
    public void The_environment_for_which_there_is_no_plan_is_named()
    {
        var run = Run("plan", "app", "posix<2", "--environment", "cluster", "--environment", "office");

        Assert.Equal(ExitCode.Impossible, run.ExitCode);
        Assert.StartsWith("For office:\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("did you mean 'laptop'?", "plan", "app", "--environment", "lapto")]
    [InlineData(
        "--universal cannot be combined with --environment",
        "plan",
        "app",
        "--environment",
        "laptop",
        "--universal"
    )]
    [InlineData("is given twice", "plan", "app", "--environment", "laptop", "--environment", "laptop")]
    [InlineData(
        "no marker distinguishes the two",
        "plan",
        "app",
        "--environment",
        "cluster",
        "--environment",
        "old-cluster"
    )]
    [InlineData(
        "cannot be combined with several environments",
        "plan",
        "app",
        "--environment",
        "laptop",
        "--python-version",
        "3.12"
    )]
    [InlineData(
        "cannot be combined with several environments",
        "plan",
        "app",
        "--universal",
        "--python-platform",
        "linux"
    )]
    [InlineData("support one environment only", "explain", "app", "--universal", "--why", "lib")]
    [InlineData("require requirements", "install", "--batch", "x", "--universal")]
    [InlineData("--universal", "order", "x", "--universal")]
    public void What_cannot_be_meant_is_a_wrong_command_line(string expected, params string[] arguments)
    {
        var run = Invocation.Of([
            .. arguments,
            .. arguments[0] == "order" ? [] : new[] { "--config", folder["resolver.toml"], "-f", folder["archive"] },
        ]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private Invocation Run(params string[] arguments) =>
        Invocation.Of([
            .. arguments,
            "--config",
            folder["resolver.toml"],
            .. arguments.Contains("--plan") ? [] : new[] { "-f", folder["archive"] },
        ]);

    private JsonElement Plan(params string[] arguments)
    {
        var run = Run(["plan", .. arguments, "--format", "json"]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static string Steps(JsonElement plan) =>
        string.Join(
            ", ",
            plan.GetProperty("steps")
                .EnumerateArray()
                .Select(step =>
                    $"{step.GetProperty("name")} {step.GetProperty("version")}{(step.TryGetProperty("markers", out var markers) ? $" ({markers})" : "")}"
                )
        );
}
