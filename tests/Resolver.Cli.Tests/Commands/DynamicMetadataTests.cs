using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>--offline-metadata</c>: what only build backends know, asked for no more than a plan needs.</summary>
public sealed class DynamicMetadataTests
{
    private static readonly string Quickstart = Path.Combine(Repository.Root, "corpora", "quickstart", "archive");

    public DynamicMetadataTests() => PythonOnPath.Need();

    private static Invocation Plan(TemporaryFolder folder, string wanted, params string[] more) =>
        Invocation.Of([
            "plan",
            wanted,
            "-f",
            folder["archive"],
            "--no-installed",
            "--offline-metadata",
            "build",
            "--format",
            "json",
            .. more,
        ]);

    private static List<string> Steps(Invocation run) =>
        [
            .. JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("steps")
                .EnumerateArray()
                .Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("version").GetString()}"),
        ];

    /// <summary>A line of Python that leaves a trace outside of the scratch copy.</summary>
    private static string Trace(string file) => $"open(r'{file}', 'a').write('x')\n";

    [Fact]
    public void Dependencies_that_only_the_backend_knows_are_in_the_plan()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0", "lib>=2"));
        folder.Sdist("lib", "1.0", ToyBackends.Answering("lib", "1.0"));
        folder.Sdist("lib", "2.0", ToyBackends.Answering("lib", "2.0"));

        var run = Plan(folder, "app");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["app 1.0", "lib 2.0"], Steps(run).Order());
    }

    [Fact]
    public void Static_metadata_never_run_code_from_the_archive()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "1.0", Trace(folder["trace"]) + ToyBackends.Answering("app", "1.0"));

        var run = Invocation.Of("plan", "app", "-f", folder["archive"], "--no-installed");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--offline-metadata build", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["trace"]));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("-e", "{0}")]
    [InlineData("-r", "{1}")]
    public void A_tree_of_which_only_its_backend_knows_the_name_is_requested_without_one(params string[] form)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tree/backend.py", ToyBackends.Answering("app", "1.0", "lib"));
        folder.Write(
            "tree/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
        );
        folder.Wheel("lib", "1", "py3-none-any");
        var file = folder.Write("r.txt", folder["tree"] + "\n");

        var run = Invocation.Of([
            "plan",
            .. form.Select(each => string.Format(null, each, folder["tree"], file)),
            "-f",
            folder["archive"],
            "--no-installed",
            "--offline-metadata",
            "build",
            "--format",
            "json",
        ]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["app 1.0", "lib 1"], Steps(run).Order());
    }

    [Theory]
    [InlineData("lib", 0)]
    [InlineData("other", 1)]
    public void A_reference_in_metadata_may_lead_to_a_tree_that_only_its_backend_names(string named, int code)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tree/backend.py", ToyBackends.Answering("lib", "1.0", "late"));
        folder.Write(
            "tree/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
        );
        folder.Wheel("app", "1", "py3-none-any", $"{named} @ file://{folder["tree"]}");
        folder.Wheel("late", "1", "py3-none-any");

        var run = Plan(folder, "app");

        Assert.True(run.ExitCode == code, run.Error);
        if (code == 0)
            Assert.Equal(["app 1", "late 1", "lib 1.0"], Steps(run).Order());
    }

    /// <summary>The requirement that get_requires_for_build_wheel adds is planned, built and there before the
    /// metadata are asked for.</summary>
    [Fact]
    public void A_build_requirement_that_a_hook_adds_is_planned_and_there_for_the_next_hook()
    {
        PythonOnPath.NeedPip();
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "1.0",
            "def get_requires_for_build_wheel(settings=None):\n    return ['letters >=2']\n"
                + ToyBackends
                    .Answering("app", "1.0")
                    .Replace("    info =", "    import letters, tinybuild\n    info =", StringComparison.Ordinal),
            ["tinybuild"]
        );

        var run = Plan(folder, "app", "-f", Quickstart);

        Assert.Equal(0, run.ExitCode);
        var app = JsonDocument
            .Parse(run.Output)
            .RootElement.GetProperty("steps")
            .EnumerateArray()
            .Single(step => step.GetProperty("name").GetString() == "app");
        Assert.Equal(
            ["letters>=2 build", "tinybuild build"],
            app.GetProperty("requires")
                .EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("requirement").GetString()!.Replace(" ", "", StringComparison.Ordinal)} "
                    + $"{each.GetProperty("role").GetString()}"
                )
                .Order()
        );
    }

    /// <summary>tinybuild 2.0 is what letters 2.0 asks for and app takes what there is: the environment of the hook
    /// is that of the plan, not the newest.</summary>
    [Fact]
    public void A_hook_runs_in_the_environment_that_the_plan_provides()
    {
        PythonOnPath.NeedPip();
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "1.0",
            $"import tinybuild\nopen(r'{folder["seen"]}', 'w').write(tinybuild.__version__)\n"
                + ToyBackends.Answering("app", "1.0"),
            ["tinybuild"]
        );
        folder.Write("bounds.txt", "tinybuild <2\n");

        var run = Plan(folder, "app", "-f", Quickstart, "-c", folder["bounds.txt"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("1.1", File.ReadAllText(folder["seen"]));
        Assert.Contains("tinybuild 1.1", Steps(run));
    }

    [Fact]
    public void Only_backends_of_what_is_chosen_are_asked()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "2.0", Trace(folder["new"]) + ToyBackends.Answering("app", "2.0"));
        folder.Sdist("app", "1.0", Trace(folder["old"]) + ToyBackends.Answering("app", "1.0"));
        folder.Sdist("other", "1.0", Trace(folder["other"]) + ToyBackends.Answering("other", "1.0"));

        var run = Plan(folder, "app");

        Assert.Equal(["app 2.0"], Steps(run));
        Assert.True(File.Exists(folder["new"]));
        Assert.False(File.Exists(folder["old"]));
        Assert.False(File.Exists(folder["other"]));
    }

    [Fact]
    public void A_backend_whose_project_turns_out_unfit_gives_way_to_the_next_version()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "2.0", ToyBackends.Answering("app", "2.0", "nowhere"));
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0"));

        Assert.Equal(["app 1.0"], Steps(Plan(folder, "app")));
    }

    [Fact]
    public void What_was_answered_is_not_asked_again_while_content_and_environment_are_the_same()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "1.0", Trace(folder["trace"]) + ToyBackends.Answering("app", "1.0"));

        Assert.Equal(0, Plan(folder, "app").ExitCode);
        var asked = File.ReadAllText(folder["trace"]);
        var again = Plan(folder, "app");

        Assert.Equal(["app 1.0"], Steps(again));
        Assert.Equal(asked, File.ReadAllText(folder["trace"]));
        Plan(folder, "app", "--no-cache");
        Assert.NotEqual(asked, File.ReadAllText(folder["trace"]));
    }

    /// <summary>The environment is part of what an answer is kept by: the content of what it consists of, not only
    /// the versions.</summary>
    [Fact]
    public void What_was_answered_is_asked_again_when_a_build_requirement_has_changed()
    {
        PythonOnPath.NeedPip();
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "1.0", Trace(folder["trace"]) + ToyBackends.Answering("app", "1.0"), ["tool"]);
        folder.Sdist(
            "tool",
            "1.0",
            ToyBackends.Building("tool", "1.0", "text = 1\n"),
            project: "[project]\nname = \"tool\"\nversion = \"1.0\""
        );
        Assert.Equal(["app 1.0", "tool 1.0"], Steps(Plan(folder, "app")).Order());
        Assert.Equal(["app 1.0", "tool 1.0"], Steps(Plan(folder, "app")).Order());
        // One process a hook.
        Assert.Equal("xx", File.ReadAllText(folder["trace"]));

        folder.Sdist(
            "tool",
            "1.0",
            ToyBackends.Building("tool", "1.0", "text = 2\n"),
            project: "[project]\nname = \"tool\"\nversion = \"1.0\""
        );
        var run = Plan(folder, "app");

        Assert.Equal(["app 1.0", "tool 1.0"], Steps(run).Order());
        Assert.Equal("xxxx", File.ReadAllText(folder["trace"]));
    }

    /// <summary>Each waits until the other has begun: one after the other, the first would wait in vain.</summary>
    [Fact]
    public void Backends_of_what_every_plan_must_hold_are_asked_side_by_side()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, other) in new[] { ("one", "two"), ("two", "one") })
        {
            folder.Sdist(
                name,
                "1.0",
                $"""
                import os, time
                open(r'{folder[name]}', 'w').close()
                until = time.monotonic() + 60
                while not os.path.exists(r'{folder[other]}'):
                    if time.monotonic() > until: raise SystemExit('alone')
                    time.sleep(0.01)

                """ + ToyBackends.Answering(name, "1.0")
            );
        }

        var run = Plan(folder, "one", "two", "-j", "2");

        Assert.Equal(["one 1.0", "two 1.0"], Steps(run).Order());
    }

    /// <summary>What first says excludes second 2.0, which is therefore not asked: nothing said that it would be
    /// chosen in the end.</summary>
    [Fact]
    public void A_backend_of_what_might_not_be_chosen_waits_for_those_before_it()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("first", "1.0", ToyBackends.Answering("first", "1.0", "second<2"));
        folder.Sdist("second", "1.0", ToyBackends.Answering("second", "1.0"));
        folder.Sdist("second", "2.0", Trace(folder["trace"]) + ToyBackends.Answering("second", "2.0"));

        var run = Plan(folder, "first", "second", "-j", "2");

        Assert.Equal(["first 1.0", "second 1.0"], Steps(run).Order());
        Assert.False(File.Exists(folder["trace"]));
    }

    [Fact]
    public void How_many_are_asked_at_once_changes_neither_the_plan_nor_what_is_said()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["a", "b", "c", "d", "e"];
        foreach (var name in names)
            folder.Sdist(
                name,
                "1.0",
                name == "c" ? "raise SystemExit('no')\n" : ToyBackends.Answering(name, "1.0", "lib")
            );
        folder.Wheel("lib", "1.0", "py3-none-any");
        folder.Wheel("c", "0.5", "py3-none-any");

        var runs = new[] { "1", "2", "8" }
            .Select(jobs => Plan(folder, "a", "b", "c", "d", "e", "-j", jobs, "--no-cache", "-v"))
            .ToList();

        Assert.All(
            runs,
            run => Assert.Equal(["a 1.0", "b 1.0", "c 0.5", "d 1.0", "e 1.0", "lib 1.0"], Steps(run).Order())
        );
        Assert.Single(
            runs.Select(run =>
                    string.Join(
                        '\n',
                        run.Error.Split('\n')
                            .Where(line =>
                                line.Contains("asking", StringComparison.Ordinal)
                                || line.Contains("c-1.0", StringComparison.Ordinal)
                            )
                    )
                )
                .Distinct()
        );
    }

    [Fact]
    public void A_backend_without_the_optional_hooks_builds_a_wheel_for_its_metadata()
    {
        using var folder = new TemporaryFolder();
        folder.Wheel("lib", "1.0", "py3-none-any");
        folder.Sdist(
            "app",
            "1.0",
            """
            import os, zipfile
            def build_wheel(folder, settings=None, metadata=None):
                with zipfile.ZipFile(os.path.join(folder, 'app-1.0-py3-none-any.whl'), 'w') as wheel:
                    wheel.writestr('app-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: app\nVersion: 1.0\nRequires-Dist: lib\n')
                return 'app-1.0-py3-none-any.whl'
            """
        );

        Assert.Equal(["app 1.0", "lib 1.0"], Steps(Plan(folder, "app")).Order());
    }

    [Fact]
    public void A_name_and_a_version_that_only_the_backend_knows_can_be_ordered()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Sdist("x", "1.0", ToyBackends.Answering("real-name", "3.2"), project: "[tool.none]");
        using var named = new TemporaryFolder();
        var moved = named["thing.tar.gz"];
        File.Move(file, moved);

        var run = Invocation.Of("order", moved, "--no-installed", "--offline-metadata", "build", "--format", "json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["real-name 3.2"], Steps(run));
    }

    [Fact]
    public void A_version_that_only_the_backend_knows_is_computed_when_its_project_is_reached()
    {
        using var folder = new TemporaryFolder();
        // A commit's hash is no version.
        folder.Sdist(
            "lib",
            "abcdef0",
            ToyBackends.Answering("lib", "2.5"),
            project: "[project]\nname = \"lib\"\ndynamic = [\"version\"]"
        );
        folder.Wheel("app", "1.0", "py3-none-any", "lib>=2");

        Assert.Equal(["app 1.0", "lib 2.5"], Steps(Plan(folder, "app")).Order());
    }

    [Fact]
    public void A_backend_that_fails_gets_one_line_with_its_log_and_is_passed_over()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "2.0",
            "def prepare_metadata_for_build_wheel(folder, settings=None):\n    raise ValueError('the moon is full')\n"
        );
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0"));

        var run = Plan(folder, "app");

        Assert.Equal(["app 1.0"], Steps(run));
        var line = Assert.Single(
            run.Error.Split('\n'),
            line =>
                line.Contains("app-2.0.tar.gz", StringComparison.Ordinal)
                && !line.StartsWith("warning: app 1.0 is planned", StringComparison.Ordinal)
        );
        Assert.Contains("ValueError: the moon is full", line, StringComparison.Ordinal);
        Assert.Contains("ValueError: the moon is full", File.ReadAllText(LogIn(line)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_that_fails_of_a_file_that_was_named_ends_the_run_with_its_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Sdist("app", "2.0", "import nothing_of_this_name\n");

        var run = Invocation.Of("order", file, "--no-installed", "--offline-metadata", "build");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(
            "No module named 'nothing_of_this_name'",
            Assert.Single(run.Error.Trim().Split('\n')),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_backend_that_fails_costs_no_more_than_it_would_have_said()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "2.0",
            "raise SystemError('no compiler here')\n",
            project: "[project]\nname = \"app\"\nversion = \"2.0\"\ndependencies = [\"lib\"]"
        );
        folder.Sdist("lib", "1.0", "import os\nos._exit(3)\n", project: "[project]\nname = \"lib\"\nversion = \"1.0\"");

        var run = Plan(folder, "app");

        Assert.Equal(["app 2.0", "lib 1.0"], Steps(run).Order());
        Assert.Contains(
            "failed: SystemError: no compiler here",
            Assert.Single(run.Error.Split('\n'), line => line.Contains("app-2.0.tar.gz", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("--offline-metadata", run.Error, StringComparison.Ordinal);
    }

    /// <summary>setuptools before 70.1 adds <c>wheel</c> to what each project requires to be built.</summary>
    [Fact]
    public void What_every_old_setuptools_requires_is_no_reason_against_a_project_where_there_is_none()
    {
        using var folder = new TemporaryFolder();
        SetuptoolsOfThisPython(folder);
        folder.Write(
            "archive/app/setup.py",
            "from setuptools import setup\nsetup(name='app', version='1.' + '0', install_requires=['l' + 'ib'])\n"
        );
        folder.Wheel("lib", "1.0", "py3-none-any");

        var run = Plan(folder, "app");

        Assert.Equal(["app", "lib", "setuptools"], Steps(run).Select(step => step.Split(' ')[0]).Order());
        Assert.Contains("requires wheel to build, and there is no wheel", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The environment is known to have what builds require, what a backend adds as well. A version that
    /// only the backend knows is asked for before, in an environment that is planned as always.</summary>
    [Theory]
    [InlineData("'1.0'")]
    [InlineData("'1.' + '0'")]
    public void Without_build_requirements_a_backend_that_adds_some_is_asked_once(string version)
    {
        using var folder = new TemporaryFolder();
        SetuptoolsOfThisPython(folder);
        folder.Write(
            "archive/app/setup.py",
            $"from setuptools import setup\nsetup(name='app', version={version}, setup_requires=['helper'], "
                + "install_requires=['l' + 'ib'])\n"
        );
        folder.Wheel("helper", "1.0", "py3-none-any");
        folder.Wheel("wheel", "0.40", "py3-none-any");
        folder.Wheel("lib", "1.0", "py3-none-any");

        var run = Invocation.Of(
            "plan",
            "app",
            "-f",
            folder["archive"],
            "--offline-metadata",
            "build",
            "--no-build-deps",
            "--python",
            PythonWithSetuptools(folder),
            "--format",
            "json"
        );

        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        Assert.Equal(["app", "lib"], Steps(run).Select(step => step.Split(' ')[0]).Order());
        Assert.DoesNotContain("keeps changing", run.Error, StringComparison.Ordinal);
    }

    /// <summary>An environment that has the setuptools of the folder's archive, and nothing else.</summary>
    private static string PythonWithSetuptools(TemporaryFolder folder)
    {
        PythonOnPath.Run("", "-m", "venv", "--without-pip", folder["env"]);
        var site = PythonOnPath.Run(
            "",
            "-c",
            $"import sysconfig; print(sysconfig.get_path('purelib', vars={{'base': '{folder["env"]}'}}))"
        );
        var wheel = Directory.EnumerateFiles(folder["archive"], "setuptools-*.whl").Single();
        System.IO.Compression.ZipFile.ExtractToDirectory(wheel, site.Trim());
        return folder["env/bin/python"];
    }

    private static void SetuptoolsOfThisPython(TemporaryFolder folder)
    {
        var bundled = PythonOnPath
            .Run("", "-c", "import ensurepip, os; print(os.path.join(os.path.dirname(ensurepip.__file__), '_bundled'))")
            .Trim();
        var wheel = Directory.Exists(bundled)
            ? Directory.EnumerateFiles(bundled, "setuptools-*.whl").FirstOrDefault()
            : null;
        Assert.SkipWhen(wheel is null, "ensurepip of python3 brings no setuptools");
        Directory.CreateDirectory(folder["archive"]);
        File.Copy(wheel, Path.Combine(folder["archive"], Path.GetFileName(wheel)));
    }

    [Fact]
    public void A_backend_that_hangs_is_ended_at_the_time_limit_with_all_it_started()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "2.0",
            $"""
            import subprocess, sys, time
            child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
            open(r'{folder["child"]}', 'w').write(str(child.pid))
            time.sleep(600)
            """
        );
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0"));

        var run = Plan(folder, "app", "--hook-timeout", "2");

        Assert.Equal(["app 1.0"], Steps(run));
        Assert.Contains("gave no answer within 2 seconds", run.Error, StringComparison.Ordinal);
        Assert.False(IsAlive(File.ReadAllText(folder["child"])));
    }

    /// <summary>The time of the whole command is over: no other version is tried, and nothing is left
    /// running.</summary>
    [Fact]
    public void A_backend_that_hangs_ends_with_the_command()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "2.0",
            $"import os, time\nopen(r'{folder["child"]}', 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
        );
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0"));

        var run = Plan(folder, "app", "--timeout", "4");

        Assert.Equal(ExitCode.GaveUp, run.ExitCode);
        Assert.Contains("--timeout was reached", run.Error, StringComparison.Ordinal);
        if (File.Exists(folder["child"]))
            Assert.False(IsAlive(File.ReadAllText(folder["child"])));
    }

    [Theory]
    [InlineData("def get_requires_for_build_wheel(settings=None):\n    return 42\n", "gave 42")]
    [InlineData("def get_requires_for_build_wheel(settings=None):\n    return ['a b c']\n", "requires 'a b c'")]
    [InlineData(
        "def prepare_metadata_for_build_wheel(folder, settings=None):\n    return '../../evil.dist-info'\n",
        "names no .dist-info"
    )]
    [InlineData(
        "def prepare_metadata_for_build_wheel(folder, settings=None):\n    return 'app-2.0.dist-info'\n",
        "made no METADATA"
    )]
    [InlineData(
        "import os\ndef prepare_metadata_for_build_wheel(folder, settings=None):\n    os.mkdir(folder + "
            + "'/a.dist-info')\n    open(folder + '/a.dist-info/METADATA', 'wb').write(os.urandom(999))\n    return "
            + "'a.dist-info'\n",
        "answered"
    )]
    [InlineData(
        "import os\ndef prepare_metadata_for_build_wheel(folder, settings=None):\n    os.mkdir(folder + "
            + "'/a.dist-info')\n    os.symlink('/etc/passwd', folder + '/a.dist-info/METADATA')\n    return "
            + "'a.dist-info'\n",
        "made no METADATA"
    )]
    [InlineData("import os\nos._exit(7)\n", "ended without an answer, with exit code 7")]
    [InlineData(
        "import sys\nfor i in range(20000):\n    print('garbage \\x1b[31m' * 100)\nsys.exit('enough')\n",
        "enough"
    )]
    public void An_invalid_answer_gets_one_line_with_the_log(string backend, string said)
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "2.0", backend);
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0"));

        var run = Plan(folder, "app");

        Assert.Equal(["app 1.0"], Steps(run));
        var line = Assert.Single(
            run.Error.Split('\n'),
            line =>
                line.Contains("app-2.0.tar.gz", StringComparison.Ordinal)
                && !line.StartsWith("warning: app 1.0 is planned", StringComparison.Ordinal)
        );
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', line);
        Assert.InRange(new FileInfo(LogIn(line)).Length, 1, 9 << 20);
    }

    [Fact]
    public void A_backend_has_no_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var folder = new TemporaryFolder();
        folder.Sdist(
            "app",
            "1.0",
            $"""
            import socket
            try:
                socket.create_connection(('127.0.0.1', {((IPEndPoint)listener.LocalEndpoint).Port}), 1)
                {Trace(folder["reached"]).Trim()}
            except OSError:
                pass

            """ + ToyBackends.Answering("app", "1.0")
        );

        var run = Plan(folder, "app");

        Assert.Equal(["app 1.0"], Steps(run));
        // Where the system has no namespaces for us, that is said.
        Assert.Equal(
            run.Error.Contains("with the network of this machine", StringComparison.Ordinal),
            File.Exists(folder["reached"])
        );
    }

    [Fact]
    public void A_tree_is_asked_in_a_copy_and_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "archive/app/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n[project]\nname = "
                + "'app'\nversion = '1.0'\ndynamic = ['dependencies']\n"
        );
        folder.Write("archive/app/backend.py", "open('made', 'w').write('x')\n" + ToyBackends.Answering("app", "1.0"));

        Assert.Equal(["app 1.0"], Steps(Plan(folder, "app")));
        Assert.Equal(
            ["backend.py", "pyproject.toml"],
            Directory.GetFileSystemEntries(folder["archive/app"]).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public void A_scan_says_of_each_value_that_the_backend_gave_it()
    {
        using var folder = new TemporaryFolder();
        var known = folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0", "lib>=2"));
        folder.Sdist("broken", "1.0", "raise SystemExit('no')\n");
        folder.Sdist(
            "sure",
            "1.0",
            Trace(folder["trace"]),
            project: "[project]\nname = \"sure\"\nversion = \"1.0\"\nrequires-python = \">=3\""
        );

        var run = Invocation.Of("scan", "-f", folder["archive"], "--offline-metadata", "build", "--format", "json");

        Assert.Equal(0, run.ExitCode);
        var lines = run
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("name").GetString()!);
        Assert.Equal("lib>=2", Assert.Single(lines["app"].GetProperty("requires_dist").EnumerateArray()).GetString());
        Assert.Equal("hook", lines["app"].GetProperty("known").GetProperty("requires_dist").GetString());
        Assert.Equal("pyproject", lines["app"].GetProperty("known").GetProperty("version").GetString());
        Assert.Empty(lines["app"].GetProperty("problems").EnumerateArray());
        Assert.Contains(
            lines["broken"].GetProperty("problems").EnumerateArray(),
            problem => problem.GetProperty("code").GetString() == "hook-failed"
        );
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null,
            lines["broken"].GetProperty("known").GetProperty("requires_dist").ValueKind
        );
        // What its files say is enough.
        Assert.False(File.Exists(folder["trace"]));
        Assert.Equal(Path.GetFileName(known), Path.GetFileName(lines["app"].GetProperty("path").GetString()));
    }

    [Fact]
    public void A_file_without_the_hash_that_was_demanded_runs_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "1.0", Trace(folder["trace"]) + ToyBackends.Answering("app", "1.0"));
        folder.Write("wanted.txt", $"app --hash=sha256:{new string('0', 64)}\n");

        var run = Invocation.Of(
            "plan",
            "-r",
            folder["wanted.txt"],
            "-f",
            folder["archive"],
            "--no-installed",
            "--offline-metadata",
            "build"
        );

        Assert.Equal(3, run.ExitCode);
        Assert.False(File.Exists(folder["trace"]));
    }

    [Fact]
    public void Another_environment_cannot_be_asked()
    {
        var run = Invocation.Of(
            "plan",
            "app",
            "-f",
            Quickstart,
            "--offline-metadata",
            "build",
            "--python-version",
            "3.12"
        );

        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void What_a_backend_says_is_explained()
    {
        using var folder = new TemporaryFolder();
        folder.Sdist("app", "1.0", ToyBackends.Answering("app", "1.0", "nowhere>=3"));

        var explained = Invocation.Of(
            "explain",
            "app",
            "-f",
            folder["archive"],
            "--no-installed",
            "--offline-metadata",
            "build"
        );

        Assert.Equal(1, explained.ExitCode);
        Assert.Contains("nowhere", explained.Output, StringComparison.Ordinal);
    }

    // Ended, it may still wait for someone to ask how (Z).
    private static bool IsAlive(string process) =>
        File.Exists($"/proc/{process}/stat")
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal);

    private static string LogIn(string line) =>
        line[(line.IndexOf("its log is ", StringComparison.Ordinal) + "its log is ".Length)..].Trim();
}
