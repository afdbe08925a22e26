using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>Versions that a backend takes from another file than pyproject.toml: known where that file states them,
/// else unknown.</summary>
public sealed class BackendVersionsTests
{
    [Theory]
    [InlineData("hatchling.build", "[tool.hatch.version]\npath = 'a/v.py'", "a/v.py", "VERSION: str = 'v1.2'\n", "1.2")]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\npath = 'a/v.py'\npattern = true",
        "a/v.py",
        "__version__ = \"1.2\"\n",
        "1.2"
    )]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\npath = 'a/v.py'\npattern = 'MINE = \"(?P<version>[^\"]+)\"'",
        "a/v.py",
        "x = 1\nMINE = \"1.2\"\n",
        "1.2"
    )]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\npath = 'a/v.py'\npattern = '^v = (?P<q>.)(?P<version>.+)(?P=q)$'",
        "a/v.py",
        "a\nv = '1.2'\nb\n",
        "1.2"
    )]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\npath = 'a/v.py'\npattern = '(('",
        "a/v.py",
        "__version__ = '1.2'\n",
        null
    )]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\npath = 'a/v.py'\nsource = 'code'",
        "a/v.py",
        "__version__ = '1.2'\n",
        null
    )]
    [InlineData("hatchling.build", "[tool.hatch.version]\nsource = 'vcs'", "a/v.py", "__version__ = '1.2'\n", null)]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\nsource = 'nodejs'",
        "package.json",
        "{\"name\": \"x\", \"version\": \"1.2.0-alpha.3\"}",
        "1.2.0a3"
    )]
    [InlineData(
        "hatchling.build",
        "",
        "hatch.toml",
        "[version]\npath = 'hatch.toml'\npattern = '# (?P<version>[0-9.]+)'\n# 1.2\n",
        "1.2"
    )]
    [InlineData(
        "pdm.backend",
        "[tool.pdm.version]\nsource = 'file'\npath = 'a/v.py'",
        "a/v.py",
        "__version__ = '1.2'\n",
        "1.2"
    )]
    [InlineData(
        "pdm.backend",
        "[tool.pdm.version]\nsource = 'file'\npath = 'a/v.py'",
        "a/v.py",
        "version = '1.1'\n__version__: str = '1.3'\nVERSION = '1.2'  # it\n",
        "1.2"
    )]
    [InlineData(
        "pdm.backend",
        "[tool.pdm.version]\nsource = 'file'\npath = 'a/v.py'\npattern = 'v=(.*)'",
        "a/v.py",
        "__version__ = '1.2'\n",
        null
    )]
    [InlineData(
        "hatchling.build",
        "[tool.hatch.version]\npath = 'none.py'",
        "hatch.toml",
        "[version]\npath = 'hatch.toml'\npattern = '# (?P<version>[0-9.]+)'\n# 1.2\n",
        "1.2"
    )]
    [InlineData(
        "scikit_build_core.build",
        "[tool.scikit-build.metadata.version]\nprovider = 'scikit_build_core.metadata.regex'\ninput = "
            + "'a/v.py'\nremove = 'x'",
        "a/v.py",
        "__version__ = '1.2'\n",
        null
    )]
    [InlineData(
        "pdm.backend",
        "[tool.pdm.version]\nsource = 'call'\ngetter = 'a:v'",
        "a/v.py",
        "__version__ = '1.2'\n",
        null
    )]
    [InlineData("maturin", "", "Cargo.toml", "[package]\nname = 'a'\nversion = '1.2.0-rc.1'\n", "1.2.0rc1")]
    [InlineData(
        "maturin",
        "[tool.maturin]\nmanifest-path = 'rust/Cargo.toml'",
        "rust/Cargo.toml",
        "[package]\nversion = '1.2.0'\n",
        "1.2.0"
    )]
    [InlineData(
        "maturin",
        "",
        "Cargo.toml",
        "[package]\nversion.workspace = true\n[workspace.package]\nversion = '3.4.5'\n",
        "3.4.5"
    )]
    [InlineData(
        "scikit_build_core.build",
        "[tool.scikit-build.metadata.version]\nprovider = 'scikit_build_core.metadata.regex'\ninput = 'a/v.py'",
        "a/v.py",
        "__version__ = '1.2'\n",
        "1.2"
    )]
    [InlineData(
        "scikit_build_core.build",
        "[tool.scikit-build.metadata.version]\nprovider = 'scikit_build_core.metadata.setuptools_scm'",
        "a/v.py",
        "__version__ = '1.2'\n",
        null
    )]
    [InlineData(
        "mesonpy",
        "",
        "meson.build",
        "# project(\nproject('a', 'c', # version: '9'\n  license: 'MIT (version: \"8\")',\n  default_options: "
            + "['version=1'],\n  version: '1.2', meson_version: '>=1')\n",
        "1.2"
    )]
    [InlineData(
        "mesonpy",
        "",
        "meson.build",
        "project('a', version: run_command('v.py').stdout(), meson_version: '>=1')\n",
        null
    )]
    public void A_version_that_a_file_states_is_known(
        string backend,
        string tool,
        string file,
        string content,
        string? version
    )
    {
        var read = Read(backend, "dynamic = ['version']", tool, file, content);

        Assert.Equal(version, read.Version?.ToString());
        Assert.Equal(version is null ? null : MetadataSource.PyProject, read.Known["version"]);
    }

    [Fact]
    public void A_version_that_is_not_dynamic_is_taken_from_nowhere_else()
    {
        var read = Read("maturin", "version = '7.0'", "", "Cargo.toml", "[package]\nversion = '1.2.0'\n");

        Assert.Equal("7.0", read.Version.ToString());
    }

    private static Distribution Read(string backend, string project, string tool, string file, string content)
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist(
            "x.tar.gz",
            (
                "pyproject.toml",
                $"[build-system]\nrequires = ['x']\nbuild-backend = '{backend}'\n[project]\nname = "
                    + $"'a'\n{project}\n{tool}\n"
            ),
            (file, content)
        );
        return ArchiveScanner.Scan([path], ScanOptions.Default, TestContext.Current.CancellationToken)[0];
    }
}
