using Xunit;

namespace Resolver.Execution.Tests.Wheels;

/// <summary>The hooks of the backends that people use make the wheel that <c>pip wheel</c> makes, byte for byte: a sample
/// of what <c>tests/same-wheels.py</c> shows of real archives.</summary>
public sealed class SameWheelTests
{
    private const string Legacy =
        "from setuptools import setup\nsetup(name='app', version='1.' + '2', packages=['app'], package_data={'app': ['*.txt']}, scripts=['run-app'], install_requires=['d' + 'ep>=1'])\n";

    private const string Extension =
        "from setuptools import Extension, setup\nsetup(name='app', version='1.2', packages=['app'], ext_modules=[Extension('app.fast', ['app/fast.c'])])\n";

    private const string Project =
        "[project]\nname = 'app'\nversion = '1.2'\ndescription = 'an app'\ndependencies = ['dep>=1']\n";

    private const string Poetry =
        "[tool.poetry]\nname = 'app'\nversion = '1.2'\ndescription = 'an app'\nauthors = []\n[tool.poetry.dependencies]\ndep = '>=1'\n";

    private const string C =
        "#include <Python.h>\nstatic struct PyModuleDef def = {PyModuleDef_HEAD_INIT, \"fast\", __FILE__, -1, NULL};\nPyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&def); }\n";

    [Theory]
    [InlineData("setuptools.build_meta", Project)]
    [InlineData("flit_core.buildapi", Project)]
    [InlineData("hatchling.build", Project)]
    [InlineData("poetry.core.masonry.api", Poetry)]
    public async Task A_project_with_pyproject_toml(string backend, string table)
    {
        using var source = await SourceAsync(backend);
        source
            .With("pyproject.toml", $"[build-system]\nrequires = []\nbuild-backend = '{backend}'\n{table}")
            .WithLink("app/linked.txt", "data.txt");

        await source.AssertSameAsync();
    }

    [Theory]
    [InlineData(Legacy, null)]
    [InlineData(Legacy, "[tool.black]\nline-length = 100\n")]
    [InlineData(Legacy, "[build-system]\nrequires = ['setuptools']\n")]
    public async Task A_project_with_setup_py(string setup, string? pyproject)
    {
        using var source = await SourceAsync("setuptools.build_meta");
        source.With("setup.py", setup).With("run-app", "#!python\nimport app\n", (UnixFileMode)0b111_101_101);
        if (pyproject is not null)
            source.With("pyproject.toml", pyproject);

        await source.AssertSameAsync();
    }

    [Fact]
    public async Task An_extension_in_C()
    {
        Assert.SkipUnless(File.Exists("/usr/include/python3.11/Python.h"), "there are no headers of python3");
        Assert.SkipUnless(File.Exists("/usr/bin/cc"), "there is no C compiler");
        using var source = await SourceAsync("setuptools.build_meta");
        source
            .With(
                "pyproject.toml",
                "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n"
            )
            .With("setup.py", Extension)
            .With("app/fast.c", C);

        await source.AssertSameAsync();
    }

    private static async Task<TwoFrontends> SourceAsync(string backend)
    {
        var python = await SystemPython.WithAsync(
            backend.StartsWith("setuptools", StringComparison.Ordinal) ? [backend, "wheel"] : [backend]
        );
        return new TwoFrontends(python)
            .With("app/__init__.py", "\"\"\"An app.\"\"\"\n__version__ = '1.2'\n")
            .With("app/tool.py", "#!/usr/bin/env python3\n", (UnixFileMode)0b111_100_100)
            .With("app/data.txt", "data\n", (UnixFileMode)0b110_110_110)
            .With("README.md", "An app\n");
    }
}
