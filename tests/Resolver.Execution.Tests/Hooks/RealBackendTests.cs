using System.IO.Compression;
using Resolver.Execution.Hooks;
using Resolver.Interpreters;
using Xunit;

namespace Resolver.Execution.Tests.Hooks;

/// <summary>The build backends that people use, as they are installed on this machine, answer as they do when pip asks
/// them (PEP 517).</summary>
public sealed class RealBackendTests
{
    private const string Computed = "setup(name='app', version='1.' + '2', install_requires=['d' + 'ep>=1'])\n";

    [Theory]
    [InlineData("setuptools.build_meta")]
    [InlineData("setuptools.build_meta:__legacy__")]
    public async Task Setuptools_answers_what_setup_py_computes(string backend)
    {
        var python = await SystemPython.WithAsync("setuptools.build_meta", "wheel");
        using var world = new HookWorld()
            .With("setup.py", "import sys\nfrom setuptools import setup\nassert len(sys.argv) > 1\n" + Computed)
            .With("app.py", "");

        Assert.Equal("app 1.2 dep>=1", HookWorld.Said(await world.AskAsync(python, backend)));
    }

    /// <summary>The setuptools in the ensurepip of each Python that can be planned for, from 56 to 65.5. None has
    /// bdist_wheel of its own, and there is no wheel: the metadata are those of its egg-info.</summary>
    [Theory]
    [InlineData("3.8", "setuptools.build_meta")]
    [InlineData("3.8", "setuptools.build_meta:__legacy__")]
    [InlineData("3.9", "setuptools.build_meta:__legacy__")]
    [InlineData("3.10", "setuptools.build_meta:__legacy__")]
    [InlineData("3.11", "setuptools.build_meta")]
    [InlineData("3.11", "setuptools.build_meta:__legacy__")]
    public async Task Setuptools_of_each_ensurepip_answers_without_wheel(string version, string backend)
    {
        var (executable, bundled) = Bundled(version);
        Assert.SkipWhen(bundled is null, $"there is no Python {version} of pyenv with a setuptools in ensurepip");
        using var world = new HookWorld()
            .With(
                "setup.py",
                "from setuptools import setup\nsetup(name='app', version='1.' + '2', install_requires=['d' + 'ep>=1'], extras_require={'x': ['more']})\n"
            )
            .With("app.py", "");
        ZipFile.ExtractToDirectory(bundled, world["setuptools"]);
        world.SearchPath.Add(world["setuptools"]);
        await Python.RunAsync(executable, ["-m", "venv", "--without-pip", world["venv"]]);
        var python = await Interpreter.ProbeAsync(world["venv", "bin", "python"], []);

        Assert.Equal("app 1.2 dep>=1 more;extra==\"x\"", HookWorld.Said(await world.AskAsync(python, backend)));
    }

    [Theory]
    [InlineData("hatchling", "hatchling.build", HatchVersion)]
    [InlineData("flit_core", "flit_core.buildapi", "")]
    [InlineData("poetry.core", "poetry.core.masonry.api", PoetryTable)]
    [InlineData("pdm.pep517", "pdm.pep517.api", "[tool.pdm]\nversion = {source = 'file', path = 'app/__init__.py'}\n")]
    public async Task A_backend_answers_name_version_and_dependencies(string module, string backend, string tool)
    {
        var python = await SystemPython.WithAsync(module);
        using var world = new HookWorld()
            .With("pyproject.toml", (tool == PoetryTable ? "" : ProjectTable) + tool)
            .With("app/__init__.py", "\"\"\"An app.\"\"\"\n__version__ = '1.2'\n");

        Assert.Equal("app 1.2 dep>=1", HookWorld.Said(await world.AskAsync(python, backend)));
    }

    [Fact]
    public async Task Meson_python_answers_what_meson_build_says()
    {
        var python = await SystemPython.WithAsync("mesonpy");
        Assert.SkipUnless(File.Exists("/usr/bin/meson"), "there is no meson");
        using var world = new HookWorld()
            .With("pyproject.toml", ProjectTable)
            .With(
                "meson.build",
                "project('app', version: '1.2')\nimport('python').find_installation().install_sources('app.py')\n"
            )
            .With("app.py", "");

        Assert.Equal("app 1.2 dep>=1", HookWorld.Said(await world.AskAsync(python, "mesonpy")));
    }

    [Theory]
    [InlineData(
        "setuptools_scm",
        "setuptools.build_meta",
        "[build-system]\nrequires = ['setuptools', 'setuptools_scm']\n[tool.setuptools_scm]\n"
    )]
    [InlineData("hatch_vcs", "hatchling.build", "[tool.hatch.version]\nsource = 'vcs'\n")]
    [InlineData("pdm.pep517", "pdm.pep517.api", "[tool.pdm]\nversion = {source = 'scm'}\n")]
    public async Task A_version_of_version_control_is_passed_through_the_environment(
        string module,
        string backend,
        string tool
    )
    {
        var python = await SystemPython.WithAsync(module, "wheel");
        using var world = new HookWorld()
            .With("pyproject.toml", ProjectTable + tool)
            .With("app/__init__.py", "\"\"\"An app.\"\"\"\n");
        world.Variables["SETUPTOOLS_SCM_PRETEND_VERSION"] = "1.2";
        world.Variables["PDM_PEP517_SCM_VERSION"] = "1.2";

        Assert.Equal("app 1.2 dep>=1", HookWorld.Said(await world.AskAsync(python, backend)));
    }

    [Fact]
    public async Task Pbr_gets_its_version_through_the_environment()
    {
        var python = await SystemPython.WithAsync("pbr.build", "wheel");
        using var world = new HookWorld()
            .With("setup.py", "import setuptools\nsetuptools.setup(setup_requires=['pbr'], pbr=True)\n")
            .With("setup.cfg", "[metadata]\nname = app\nsummary = an app\n[files]\nmodules = app\n")
            .With("requirements.txt", "dep>=1\n")
            .With("app.py", "");
        world.Variables["PBR_VERSION"] = "1.2";

        Assert.Equal("app 1.2 dep>=1", HookWorld.Said(await world.AskAsync(python, "setuptools.build_meta")));
    }

    /// <summary>The build date is that of the newest file: where it is a constant, a version made of it is
    /// wrong.</summary>
    [Fact]
    public async Task A_version_made_of_the_build_date_is_that_of_the_newest_file()
    {
        var python = await SystemPython.WithAsync("setuptools.build_meta", "wheel");
        using var world = new HookWorld()
            .With(
                "setup.py",
                "import os, time\nfrom setuptools import setup\nsetup(name='app', version=time.strftime('%Y.%m.%d', time.gmtime(int(os.environ['SOURCE_DATE_EPOCH']))))\n"
            )
            .With("app.py", "");
        File.SetLastWriteTimeUtc(world["tree", "setup.py"], new DateTime(2024, 10, 16, 1, 2, 3, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(world["tree", "app.py"], new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("app 2024.10.16", HookWorld.Said(await world.AskAsync(python, "setuptools.build_meta")));
    }

    private const string ProjectTable =
        "[project]\nname = 'app'\ndescription = 'an app'\ndynamic = ['version']\ndependencies = ['dep>=1']\n";

    private const string HatchVersion =
        "[tool.hatch.version]\nsource = 'code'\npath = 'app/__init__.py'\nexpression = '__version__'\n";

    private const string PoetryTable =
        "[tool.poetry]\nname = 'app'\nversion = '1.2'\ndescription = 'an app'\nauthors = []\n[tool.poetry.dependencies]\ndep = '>=1'\n";

    private static (string Executable, string? Wheel) Bundled(string version)
    {
        var home = Environment.GetEnvironmentVariable("PYENV_ROOT") ?? "/root/.pyenv";
        foreach (
            var folder in Directory.Exists($"{home}/versions")
                ? Directory.EnumerateDirectories($"{home}/versions", $"{version}.*")
                : []
        )
        {
            var bundled = Path.Combine(folder, "lib", $"python{version}", "ensurepip", "_bundled");
            if (Directory.Exists(bundled) && Directory.EnumerateFiles(bundled, "setuptools-*.whl").Any())
                return (
                    Path.Combine(folder, "bin", "python3"),
                    Directory.EnumerateFiles(bundled, "setuptools-*.whl").First()
                );
        }
        return ("", null);
    }
}
