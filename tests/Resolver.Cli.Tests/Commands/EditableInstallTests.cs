using System.Diagnostics;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Testing;

namespace Resolver.Cli.Tests.Commands;

/// <summary>PEP 660: what is installed by <c>-e</c> leads to the source tree, where the build backend can do that; pip
/// and importlib.metadata see it as editable. The backends are those of Debian.</summary>
public sealed class EditableInstallTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder folder = new();

    public EditableInstallTests()
    {
        Assert.SkipUnless(
            File.Exists(Python) && Runs(Python, "-c", "import setuptools, flit_core, hatchling, pip").Code == 0,
            $"{Python} has no setuptools, flit_core, hatchling and pip"
        );
        Runs(Python, "-m", "venv", "--without-pip", "--system-site-packages", folder["env"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_change_of_the_source_is_seen_at_once_and_undo_takes_everything_back()
    {
        Tree("declared", Project("declared", "setuptools>=61", "setuptools.build_meta"), "declared.py");
        Tree("flitted", Project("flitted", "flit_core", "flit_core.buildapi", "description='x'"), "flitted.py");
        Tree(
            "hatched",
            Project("hatched", "hatchling", "hatchling.build")
                + "[tool.hatch.build]\ndev-mode-dirs=['src']\n[tool.hatch.build.targets.wheel]\npackages=['src/hatched']\n",
            "src/hatched/__init__.py"
        );
        Tree("legacy", null, "legacy.py");
        folder.Write(
            "legacy/setup.py",
            "from setuptools import setup\nsetup(name='legacy', version='1.0', py_modules=['legacy'])\n"
        );
        // hatchling requires it in its metadata, though not for 'dev-mode-dirs'.
        new ToyWheel("editables", "0.5").In(folder["archive"]);
        string[] names = ["declared", "flitted", "hatched", "legacy"];
        var before = Files();

        var installed = Install([.. names.SelectMany(name => (string[])["-e", folder[name]]), "-f", folder["archive"]]);

        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        Assert.Equal("1 1 1 1", Values(names));
        foreach (
            var file in (string[])
                ["declared/declared.py", "flitted/flitted.py", "hatched/src/hatched/__init__.py", "legacy/legacy.py"]
        )
            File.WriteAllText(folder[file], "VALUE = 2 + 0\n");
        Assert.Equal("2 2 2 2", Values(names));
        using var listed = JsonDocument.Parse(
            Runs(folder["env/bin/python"], "-m", "pip", "list", "--local", "--editable", "--format", "json").Output
        );
        Assert.Equal(
            names.Select(name => $"{name} 1.0 {folder[name]}"),
            listed
                .RootElement.EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("name")} {each.GetProperty("version")} "
                    + $"{each.GetProperty("editable_project_location")}"
                )
                .Order(StringComparer.Ordinal)
        );
        var frozen = Runs(folder["env/bin/python"], "-m", "pip", "freeze", "--local").Output;
        Assert.All(names, name => Assert.Contains($"-e {folder[name]}", frozen, StringComparison.Ordinal));

        var undone = Invocation.Of("undo", Run(installed));

        Assert.True(undone.ExitCode == ExitCode.Done, undone.Error);
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("--prefix")]
    [InlineData("--target")]
    public void Another_destination_gets_the_same_record(string option)
    {
        Tree("declared", Project("declared", "setuptools>=61", "setuptools.build_meta"), "declared.py");

        var installed = Install("-e", folder["declared"], option, folder["place"], "--build-isolation", "per-build");

        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        var direct = Assert.Single(
            Directory.EnumerateFiles(folder["place"], "direct_url.json", SearchOption.AllDirectories)
        );
        using var origin = JsonDocument.Parse(File.ReadAllBytes(direct));
        Assert.True(origin.RootElement.GetProperty("dir_info").GetProperty("editable").GetBoolean());
        Assert.Equal($"file://{folder["declared"]}", origin.RootElement.GetProperty("url").GetString());
    }

    [Fact]
    public void Backend_without_the_hook_installs_a_copy_and_says_so()
    {
        Tree("app", InTree("app"), "app.py");
        folder.Write("app/backend.py", "from flit_core.buildapi import build_wheel\n");

        var installed = Install("-e", folder["app"]);

        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        Assert.Contains(
            "app 1.0 is requested editable (-e), and a copy is installed: it has no build_editable hook (PEP 660)",
            installed.Error,
            StringComparison.Ordinal
        );
        File.WriteAllText(folder["app/app.py"], "VALUE = 2 + 0\n");
        Assert.Equal("1", Values("app"));
        Assert.Equal("", Runs(folder["env/bin/python"], "-m", "pip", "list", "--local", "--editable").Output.Trim());
    }

    [Theory]
    [InlineData(
        "def get_requires_for_build_editable(settings=None):\n    return ['absent>=2']\n",
        "absent>=2 is not found"
    )]
    [InlineData("def build_editable(*given):\n    raise ValueError('not today')\n", "not today")]
    public void Editable_build_that_fails_leaves_nothing(string backend, string said)
    {
        Tree("app", InTree("app"), "app.py");
        folder.Write("app/backend.py", "from flit_core.buildapi import build_wheel, build_editable\n" + backend);
        var before = Files();

        var failed = Install("-e", folder["app"]);

        Assert.Equal(ExitCode.StepFailed, failed.ExitCode);
        Assert.Contains(said, failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void Lock_file_says_which_trees_are_editable()
    {
        Tree("flitted", Project("flitted", "flit_core", "flit_core.buildapi", "description='x'"), "flitted.py");
        var written = Invocation.Of(
            "plan",
            "-e",
            folder["flitted"],
            "--python",
            folder["env/bin/python"],
            "-o",
            folder["pylock.toml"]
        );
        Assert.True(written.ExitCode == ExitCode.Done, written.Error);
        Assert.Contains("editable = true", File.ReadAllText(folder["pylock.toml"]), StringComparison.Ordinal);
        // Another tool's lock: without what only this program writes.
        File.WriteAllText(folder["pylock.toml"], File.ReadAllText(folder["pylock.toml"]).Split("[tool")[0]);

        var installed = Install("--plan", folder["pylock.toml"]);

        Assert.True(installed.ExitCode == ExitCode.Done, installed.Error);
        File.WriteAllText(folder["flitted/flitted.py"], "VALUE = 2 + 0\n");
        Assert.Equal("2", Values("flitted"));
        Assert.Contains(
            folder["flitted"],
            Runs(folder["env/bin/python"], "-m", "pip", "list", "--local", "--editable").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Script_of_a_plan_installs_the_tree_editable()
    {
        Tree("flitted", Project("flitted", "flit_core", "flit_core.buildapi", "description='x'"), "flitted.py");

        var script = Install("-e", folder["flitted"], "--dry-run", "--format", "script");

        Assert.Contains($"--editable {folder["flitted"]}", script.Output, StringComparison.Ordinal);
        folder.Write("install.sh", script.Output);
        var ran = Runs("/bin/sh", folder["install.sh"]);
        Assert.True(ran.Code == 0, ran.Output);
        File.WriteAllText(folder["flitted/flitted.py"], "VALUE = 2 + 0\n");
        Assert.Equal("2", Values("flitted"));
    }

    private static string Project(string name, string requires, string backend, string more = "") =>
        $"""
            [build-system]
            requires = ["{requires}"]
            build-backend = "{backend}"
            [project]
            name = "{name}"
            version = "1.0"
            {more}

            """;

    private static string InTree(string name) =>
        Project(name, "flit_core", "backend", "description='x'")
            .Replace("build-backend", "backend-path = [\".\"]\nbuild-backend", StringComparison.Ordinal);

    private void Tree(string name, string? pyproject, string module)
    {
        folder.Write($"{name}/{module}", "VALUE = 1\n");
        if (pyproject is not null)
            folder.Write($"{name}/pyproject.toml", pyproject);
    }

    private Invocation Install(params string[] arguments) =>
        Invocation.Of(["install", .. arguments, "--python", folder["env/bin/python"], "--pip", Python, "--no-cache"]);

    private static string Run(Invocation installed) => installed.Error.Split("run ")[^1].Split(';')[0].Trim();

    private string Values(params string[] names) =>
        Runs(
            folder["env/bin/python"],
            "-c",
            $"import {string.Join(", ", names)}; print({string.Join(", ", names.Select(name => name + ".VALUE"))})"
        )
            .Output.Trim();

    private string[] Files() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(folder["env/lib"], "*", SearchOption.AllDirectories)
                .Where(path => !path.Contains("__pycache__", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    private static (int Code, string Output) Runs(string executable, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
