using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>Which source a value is taken from, and when it is unknown (design: trust).</summary>
public sealed class SourceProjectTests
{
    private const string Hatchling =
        "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n";

    private static Distribution Read(params (string Path, string Text)[] files) => ReadIn("a-1.0", files);

    private static Distribution ReadIn(string folder, params (string Path, string Text)[] files)
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist("x.orig.tar.gz", [.. files.Select(f => ($"{folder}/{f.Path}", f.Text))]);
        return ArchiveScanner.Scan([path], ScanOptions.Default, TestContext.Current.CancellationToken)[0];
    }

    private static string[] Requires(Distribution d) => [.. d.RequiresDist!.Select(r => r.ToString())];

    [Fact]
    public void PKG_INFO_2_2_wins_over_everything_else()
    {
        var read = Read(
            (
                "PKG-INFO",
                "Metadata-Version: 2.2\nName: a\nVersion: 1.5\nRequires-Dist: b>1\nRequires-Python: "
                    + ">=3.8\nProvides-Extra: x\n"
            ),
            ("pyproject.toml", "[project]\nname = 'other'\nversion = '2'\ndependencies = ['c']\n")
        );

        Assert.Equal(("a", "1.5"), (read.Name.ToString(), read.Version.ToString()));
        Assert.Equal(["b>1"], Requires(read));
        Assert.Equal(MetadataSource.PkgInfo, read.Known["requires_dist"]);
        Assert.Equal(MetadataSource.PkgInfo, read.Known["requires_python"]);
        Assert.Equal("x", Assert.Single(read.Extras).ToString());
    }

    [Fact]
    public void A_Dynamic_field_of_PKG_INFO_is_asked_of_the_next_source()
    {
        var read = Read(
            ("PKG-INFO", "Metadata-Version: 2.2\nName: a\nVersion: 1.5\nDynamic: Requires-Dist\n"),
            ("pyproject.toml", "[project]\nname = 'a'\nversion = '1.5'\ndependencies = ['c']\n")
        );

        Assert.Equal(["c"], Requires(read));
        Assert.Equal(MetadataSource.PyProject, read.Known["requires_dist"]);
    }

    /// <summary>17 of 19 wrong answers in a real archive came from taking an absent Requires-Dist before 2.2 for
    /// 'none'.</summary>
    [Fact]
    public void Before_2_2_no_Requires_Dist_does_not_mean_none()
    {
        var read = Read(
            ("PKG-INFO", "Metadata-Version: 2.1\nName: a\nVersion: 1.5\n"),
            ("setup.py", "setup(install_requires=compute())")
        );

        Assert.Null(read.RequiresDist);
        Assert.Null(read.Known["requires_dist"]);
        Assert.Contains(
            read.Problems,
            p => p.Code == "metadata-dynamic" && p.Message.Contains("resolver.toml", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Egg_info_answers_for_an_old_PKG_INFO()
    {
        var read = Read(
            ("PKG-INFO", "Metadata-Version: 1.1\nName: a\nVersion: 1.5\n"),
            ("a.egg-info/requires.txt", "b\n\n[x]\nc\n"),
            ("setup.py", "setup(install_requires=compute())")
        );

        Assert.Equal(["b", "c; extra == \"x\""], Requires(read));
        Assert.Equal(MetadataSource.EggInfo, read.Known["requires_dist"]);
        Assert.Equal(MetadataSource.OldPkgInfo, read.Known["version"]);
    }

    [Fact]
    public void Dependencies_that_are_absent_and_not_dynamic_are_none_for_certain()
    {
        var read = Read(("pyproject.toml", Hatchling + "[project]\nname = 'a'\nversion = '1.0'\n"));

        Assert.Empty(read.RequiresDist!);
        Assert.Equal(MetadataSource.PyProject, read.Known["requires_dist"]);
        Assert.Equal("hatchling.build", read.BuildBackend);
    }

    [Fact]
    public void Dynamic_dependencies_are_unknown()
    {
        var read = Read(
            ("pyproject.toml", Hatchling + "[project]\nname = 'a'\nversion = '1.0'\ndynamic = ['dependencies']\n")
        );

        Assert.Null(read.RequiresDist);
    }

    [Fact]
    public void An_extra_joins_its_marker_in_brackets()
    {
        var read = Read(
            (
                "pyproject.toml",
                Hatchling
                    + "[project]\nname='a'\nversion='1.0'\n[project.optional-dependencies]\nX_y = [\"b; os_name == "
                    + "'nt' or sys_platform == 'linux'\"]\n"
            )
        );

        Assert.Equal(["b; (os_name == \"nt\" or sys_platform == \"linux\") and extra == \"x-y\""], Requires(read));
    }

    [Fact]
    public void Hatchling_replaces_a_self_reference_by_its_requirements()
    {
        var read = Read(
            (
                "pyproject.toml",
                Hatchling
                    + "[project]\nname='a'\nversion='1.0'\n[project.optional-dependencies]\nx = ['b']\nall = "
                    + "['a[x]', 'c']\n"
            )
        );

        Assert.Equal(
            ["b; extra == \"all\"", "b; extra == \"x\"", "c; extra == \"all\""],
            Requires(read).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Without_a_build_system_setuptools_is_required()
    {
        var read = Read(
            ("setup.py", "from setuptools import setup\nsetup(name='a', version='1.0', setup_requires=['cffi>=1'])")
        );

        Assert.Equal(["setuptools>=40.8.0", "cffi>=1"], read.BuildRequires!.Select(r => r.ToString()));
        Assert.Empty(read.RequiresDist!);
        Assert.Equal(MetadataSource.SetupPy, read.Known["requires_dist"]);
    }

    [Fact]
    public void Setup_cfg_is_read_where_setup_py_is_silent()
    {
        var read = Read(
            ("setup.py", "from setuptools import setup\nsetup()"),
            (
                "setup.cfg",
                "[metadata]\nname = a\nversion = attr: a.__version__\n[options]\npackage_dir =\n    = "
                    + "src\ninstall_requires = file: requirements.txt\npython_requires = "
                    + ">=3.7\n[options.extras_require]\nx = c; d\n"
            ),
            ("requirements.txt", "b # why\n"),
            ("src/a/__init__.py", "from ._version import __version__\n"),
            ("src/a/_version.py", "__version__ = (1, 2)\n")
        );

        Assert.Equal("1.2", read.Version.ToString());
        Assert.Equal(MetadataSource.SetupCfg, read.Known["version"]);
        Assert.Equal(["b", "c; extra == \"x\"", "d; extra == \"x\""], Requires(read));
        Assert.Equal(">=3.7", read.RequiresPython!.ToString());
    }

    [Fact]
    public void An_argument_that_is_no_literal_hides_setup_cfg()
    {
        var read = Read(
            ("setup.py", "from setuptools import setup\nsetup(install_requires=compute())"),
            ("setup.cfg", "[metadata]\nname = a\n[options]\ninstall_requires = b\n")
        );

        Assert.Null(read.RequiresDist);
        Assert.Equal("a", read.Name.ToString());
    }

    [Fact]
    public void Setuptools_writes_the_bound_of_setup_py_over_the_tables()
    {
        var read = Read(
            (
                "pyproject.toml",
                "[build-system]\nrequires=['setuptools']\nbuild-backend='setuptools.build_meta'\n[project]\nname='a'\nversion='1'\nrequires-python='>=3.9'\n"
            ),
            ("setup.py", "from setuptools import setup\nsetup(python_requires='>=3.7')")
        );

        Assert.Equal(">=3.7", read.RequiresPython!.ToString());
        Assert.Equal(MetadataSource.SetupPy, read.Known["requires_python"]);
    }

    [Fact]
    public void The_version_may_come_from_a_file_that_setuptools_is_configured_with()
    {
        var read = Read(
            (
                "pyproject.toml",
                "[build-system]\nrequires=['setuptools']\nbuild-backend='setuptools.build_meta'\n[project]\nname='a'\ndynamic=['version','dependencies']\n[tool.setuptools.dynamic]\nversion={file='VERSION'}\ndependencies={file=['requirements.txt']}\n"
            ),
            ("VERSION", "3.1\n"),
            ("requirements.txt", "b\n")
        );

        Assert.Equal("3.1", read.Version.ToString());
        Assert.Equal(MetadataSource.PyProject, read.Known["version"]);
        Assert.Equal(["b"], Requires(read));
    }

    [Theory]
    [InlineData(
        "[build-system]\nrequires=['flit_core']\nbuild-backend='flit_core.buildapi'\n[project]\nname='a'\ndynamic=['version']\n",
        "flit"
    )]
    [InlineData(
        "[build-system]\nrequires=['hatchling']\nbuild-backend='hatchling.build'\n[project]\nname='a'\ndynamic=['version']\n[tool.hatch.version]\npath='a/__init__.py'\n",
        "pyproject"
    )]
    [InlineData(
        "[build-system]\nrequires=['pdm-backend']\nbuild-backend='pdm.backend'\n[project]\nname='a'\ndynamic=['version']\n[tool.pdm.version]\nsource='file'\npath='a/__init__.py'\n",
        "pyproject"
    )]
    public void A_literal_version_is_read_where_the_backend_looks(string pyproject, string source)
    {
        var read = Read(("pyproject.toml", pyproject), ("a/__init__.py", "'''doc'''\n__version__ = '4.2'\n"));

        Assert.Equal("4.2", read.Version.ToString());
        Assert.Equal(source, read.Known["version"]!.Value.Text());
        Assert.Empty(read.BuildEnvironment);
    }

    [Fact]
    public void Poetrys_table_is_turned_into_PEP_508()
    {
        var read = Read(
            (
                "pyproject.toml",
                """
                [build-system]
                requires = ["poetry-core"]
                build-backend = "poetry.core.masonry.api"
                [tool.poetry]
                name = "a"
                version = "1.0"
                [tool.poetry.dependencies]
                python = "^3.8"
                b = "^1.2"
                c = {version = "*", extras = ["y"], optional = true}
                d = {version = ">=2", markers = "sys_platform == 'win32'"}
                e = [{version = "1.0", python = "<3.9"}, {version = "2.0", python = ">=3.9"}]
                [tool.poetry.extras]
                x = ["c"]
                """
            )
        );

        Assert.Equal(
            [
                "b<2.0,>=1.2",
                "c[y]; extra == \"x\"",
                "d>=2; sys_platform == \"win32\"",
                "e==1.0; python_version < \"3.9\"",
                "e==2.0; python_version >= \"3.9\"",
            ],
            Requires(read)
        );
        Assert.Equal("<4.0,>=3.8", read.RequiresPython!.ToString());
        Assert.Equal(MetadataSource.Poetry, read.Known["requires_dist"]);
    }

    [Theory]
    [InlineData(
        "[build-system]\nrequires=['setuptools','setuptools_scm']\nbuild-backend='setuptools.build_meta'\n[project]\nname='a.b'\ndynamic=['version']\n",
        "SETUPTOOLS_SCM_PRETEND_VERSION SETUPTOOLS_SCM_PRETEND_VERSION_FOR_A_B"
    )]
    [InlineData(
        "[build-system]\nrequires=['hatchling','hatch-vcs']\nbuild-backend='hatchling.build'\n[project]\nname='a'\ndynamic=['version']\n[tool.hatch.version]\nsource='vcs'\n",
        "SETUPTOOLS_SCM_PRETEND_VERSION"
    )]
    [InlineData(
        "[build-system]\nrequires=['setuptools']\nbuild-backend='setuptools.build_meta'\n[project]\nname='a'\ndynamic=['version']\n[tool.vcs-versioning]\nroot='..'\n",
        "SETUPTOOLS_SCM_PRETEND_VERSION SETUPTOOLS_SCM_PRETEND_VERSION_FOR_A VCS_VERSIONING_PRETEND_VERSION "
            + "VCS_VERSIONING_PRETEND_VERSION_FOR_A"
    )]
    [InlineData("[build-system]\nrequires=['pbr']\nbuild-backend='pbr.build'\n", "PBR_VERSION")]
    [InlineData(
        "[build-system]\nrequires=['pdm-backend']\nbuild-backend='pdm.backend'\n[project]\nname='a'\ndynamic=['version']\n[tool.pdm.version]\nsource='scm'\n",
        "PDM_BUILD_SCM_VERSION"
    )]
    [InlineData(
        "[build-system]\nrequires=['hatchling']\nbuild-backend='hatchling.build'\n[project]\nname='a'\ndynamic=['version']\n",
        ""
    )]
    public void A_backend_that_asks_version_control_gets_the_folders_version(string pyproject, string variables)
    {
        var read = ReadIn("a-3.4+dfsg", ("pyproject.toml", pyproject));

        Assert.Equal(variables, string.Join(' ', read.BuildEnvironment.Keys));
        Assert.All(read.BuildEnvironment.Values, v => Assert.Equal("3.4", v));
        Assert.Equal(MetadataSource.FolderName, read.Known["version"]);
    }

    private const string Scm =
        "[build-system]\nrequires=['setuptools','setuptools_scm']\nbuild-backend='setuptools.build_meta'\n[project]\nname='a'\ndynamic=['version']\n[tool.setuptools_scm]\n";

    private const string HatchVcs =
        "[build-system]\nrequires=['hatchling','hatch-vcs']\nbuild-backend='hatchling.build'\n[project]\nname='a'\ndynamic=['version']\n[tool.hatch.version]\nsource='vcs'\n";

    /// <summary>As setuptools_scm 8 reads it; what its options may change is unknown.</summary>
    [Theory]
    [InlineData(Scm, "describe-name: v2.5\n", "2.5")]
    [InlineData(Scm, "node: 0123abc\ndescribe-name: v2.5.0-0-g0123abc\nref-names: HEAD -> main\n", "2.5.0")]
    [InlineData(Scm, "describe-name: v2.5.0-7-g0123abc\n", "2.5.1.dev7+g0123abc")]
    [InlineData(Scm, "describe-name: a-2.5rc1-7-g0123abc\n", "2.5rc2.dev7+g0123abc")]
    [InlineData(Scm + "local_scheme = 'no-local-version'\n", "describe-name: v2.5.0-7-g0123abc\n", "2.5.1.dev7")]
    [InlineData(Scm + "version_scheme = 'post-release'\n", "describe-name: v2.5.0-7-g0123abc\n", null)]
    [InlineData(Scm + "version_scheme = 'post-release'\n", "describe-name: v2.5\n", "2.5")]
    [InlineData(Scm + "version_scheme = 'own:scheme'\n", "describe-name: v2.5\n", null)]
    [InlineData(Scm + "tag_regex = 'x'\n", "describe-name: v2.5\n", null)]
    [InlineData(Scm + "git_describe_command = ['git', 'describe', '--match', 'a-*']\n", "describe-name: v2.5\n", null)]
    [InlineData(Scm, "node: $Format:%H$\ndescribe-name: $Format:%(describe:tags=true)$\n", null)]
    [InlineData(Scm, "node: 0123abc\ndescribe-name: %(describe:tags=true)\nref-names: tag: v2.5, origin/main\n", "2.5")]
    [InlineData(Scm, "node: 0123abc\nref-names: HEAD -> main\n", null)]
    [InlineData(HatchVcs, "describe-name: v2.5\n", "2.5")]
    [InlineData(HatchVcs + "tag-pattern = 'x'\n", "describe-name: v2.5\n", null)]
    [InlineData(
        "[build-system]\nrequires=['hatchling']\nbuild-backend='hatchling.build'\n[project]\nname='a'\ndynamic=['version']\n",
        "describe-name: v2.5\n",
        null
    )]
    public void The_version_that_git_archive_wrote_is_the_one_that_is_built(
        string pyproject,
        string archival,
        string? version
    )
    {
        var read = ReadIn("a", ("pyproject.toml", pyproject), (".git_archival.txt", archival));

        Assert.Equal(version, read.Version?.ToString());
        Assert.Equal(version is null ? null : MetadataSource.GitArchival, read.Known["version"]);
        Assert.All(read.BuildEnvironment.Values, told => Assert.Equal(version, told));
        Assert.Equal(version is not null, read.BuildEnvironment.ContainsKey("SETUPTOOLS_SCM_PRETEND_VERSION"));
    }

    [Fact]
    public void A_date_in_the_version_makes_it_unknown()
    {
        var read = ReadIn(
            "a",
            ("pyproject.toml", Scm),
            (".git_archival.txt", "describe-name: v2.5\n"),
            ("setup.cfg", "[egg_info]\ntag_date = 1\n")
        );

        Assert.Null(read.Version);
    }

    [Fact]
    public void A_declared_distribution_name_is_the_one_whose_version_is_passed()
    {
        var read = ReadIn("a-1.0", ("pyproject.toml", Scm + "dist_name = 'other.name'\n"));

        Assert.Contains("SETUPTOOLS_SCM_PRETEND_VERSION_FOR_OTHER_NAME", read.VersionVariables);
    }

    /// <summary>hatchling's <c>get_requires_for_build_wheel</c>: of the build, of the target wheel and of their
    /// hooks.</summary>
    [Theory]
    [InlineData("[tool.hatch.build.hooks.x]\ndependencies=['h>=1']\n", "hatchling h>=1")]
    [InlineData("[tool.hatch.build.targets.wheel.hooks.x]\ndependencies=['h>=1']\n", "hatchling h>=1")]
    [InlineData("[tool.hatch.build.targets.sdist.hooks.x]\ndependencies=['h>=1']\n", "hatchling")]
    [InlineData("[tool.hatch.build.hooks.x]\nenable-by-default=false\ndependencies=['h>=1']\n", "hatchling")]
    [InlineData("[tool.hatch.build]\ndependencies=['b']\n", "hatchling b")]
    [InlineData("[tool.hatch.build.targets.wheel]\ndependencies=['b']\n", "hatchling b")]
    [InlineData("[tool.hatch.build]\nrequire-runtime-dependencies=true\n", "hatchling run")]
    [InlineData(
        "[tool.hatch.build]\nrequire-runtime-dependencies=true\n[tool.hatch.build.targets.wheel]\nrequire-runtime-dependencies=false\n",
        "hatchling"
    )]
    [InlineData("[tool.hatch.build.hooks.x]\nrequire-runtime-dependencies=true\n", "hatchling run")]
    [InlineData("[tool.hatch.build.hooks.x]\nrequire-runtime-features=['More']\n", "hatchling more>=2")]
    public void What_the_hooks_of_hatchling_require_is_required_to_build(string tool, string expected)
    {
        var read = ReadIn(
            "a",
            (
                "pyproject.toml",
                "[build-system]\nrequires=['hatchling']\nbuild-backend='hatchling.build'\n[project]\nname='a'\nversion='1'\ndependencies=['run']\n[project.optional-dependencies]\nmore=['more>=2']\n"
                    + tool
            )
        );

        Assert.Equal(expected, string.Join(' ', read.BuildRequires!));
        Assert.DoesNotContain(read.Problems, problem => problem.Code == "build-requires-incomplete");
    }

    [Fact]
    public void Hatchling_requires_its_own_dependencies_to_build_itself()
    {
        var read = ReadIn(
            "hatchling",
            (
                "pyproject.toml",
                "[build-system]\nrequires=[]\nbuild-backend='hatchling.ouroboros'\nbackend-path=['src']\n[project]\nname='hatchling'\nversion='1'\ndependencies=['pathspec>=0.10.1','tomli; python_version < \"3.11\"']\n"
            )
        );

        Assert.Equal(["pathspec", "tomli"], read.BuildRequires!.Select(each => each.Name.Normalized));
    }

    [Theory]
    [InlineData("def get_requires_for_build_wheel(settings=None): return ['cython']\n", true)]
    [InlineData("from setuptools.build_meta import *\n", true)]
    [InlineData("def build_wheel(folder, settings=None, metadata=None): ...\n", false)]
    public void A_backend_in_the_tree_may_require_more_where_it_speaks_of_that(string backend, bool incomplete)
    {
        var read = ReadIn(
            "a",
            (
                "pyproject.toml",
                "[build-system]\nrequires=[]\nbuild-backend='own.backend'\nbackend-path=['packaging']\n[project]\nname='a'\nversion='1'\n"
            ),
            ("packaging/own/backend.py", backend)
        );

        Assert.Equal(incomplete, read.Problems.Any(problem => problem.Code == "build-requires-incomplete"));
        Assert.NotNull(read.BuildRequires);
    }

    /// <summary>bootstrap.egg-info is in the repository, and is not what is missing.</summary>
    [Theory]
    [InlineData(
        "[project.entry-points.'distutils.commands']\ndist_info='setuptools.command.dist_info:dist_info'\n",
        false
    )]
    [InlineData("", true)]
    public void A_git_archive_of_setuptools_can_be_built_where_its_entry_points_are_stated(string points, bool fatal)
    {
        (string, string)[] files =
        [
            (
                "pyproject.toml",
                "[build-system]\nrequires=[]\nbuild-backend='setuptools.build_meta'\nbackend-path=['.']\n[project]\nname='setuptools'\nversion='80.9.0'\n"
                    + points
            ),
            ("setuptools/build_meta.py", "def get_requires_for_build_wheel(settings=None): return []\n"),
            ("bootstrap.egg-info/entry_points.txt", ""),
        ];

        var archive = ReadIn("setuptools-80.9.0", files);
        var sdist = ReadIn("setuptools-80.9.0", [.. files, ("setuptools.egg-info/entry_points.txt", "")]);

        var problem = Assert.Single(archive.Problems, problem => problem.Code == "setuptools-without-egg-info");
        Assert.Equal(fatal, problem.Fatal);
        Assert.Contains("use", problem.Message, StringComparison.Ordinal);
        Assert.Contains("sdist", problem.Message, StringComparison.Ordinal);
        Assert.Empty(sdist.Problems);
    }

    /// <summary>With pbr, setup.cfg without install_requires does not mean 'none'.</summary>
    [Theory]
    [InlineData("c>=1 # why\n", "c>=1")]
    [InlineData("-r other.txt\n", null)]
    [InlineData(null, null)]
    public void Pbr_takes_dependencies_from_requirements_txt(string? requirements, string? expected)
    {
        var files = new List<(string, string)>
        {
            ("setup.py", "import setuptools\nsetuptools.setup(setup_requires=['pbr'], pbr=True)\n"),
            ("setup.cfg", "[metadata]\nname = a\n"),
        };
        if (requirements is not null)
            files.Add(("requirements.txt", requirements));

        var read = Read([.. files]);

        Assert.Equal(expected, read.RequiresDist is null ? null : string.Join(' ', Requires(read)));
        Assert.Equal("1.0", read.BuildEnvironment["PBR_VERSION"]);
        Assert.Contains(read.BuildRequires!, r => r.Name.Normalized == "pbr");
    }

    [Theory]
    [InlineData("-r requirements/more.txt\n--index-url https://example.org\nc\n", "d>=2 e c")]
    [InlineData("-r missing.txt\nc\n", null)]
    [InlineData("-r requirements.txt\n", null)]
    [InlineData("-r ../outside.txt\n", null)]
    public void Pbr_reads_the_files_that_a_requirement_file_names(string requirements, string? expected)
    {
        var read = Read(
            ("setup.py", "import setuptools\nsetuptools.setup(setup_requires=['pbr'], pbr=True)\n"),
            ("setup.cfg", "[metadata]\nname = a\n"),
            ("requirements.txt", requirements),
            ("requirements/more.txt", "d>=2\n-r requirements/most.txt\n"),
            ("requirements/most.txt", "# all\ne # why\n")
        );

        Assert.Equal(expected, read.RequiresDist is null ? null : string.Join(' ', Requires(read)));
    }

    [Theory]
    [InlineData("from pbr import setupcfg\nsetuptools.setup(**setupcfg.setup_cfg_to_args())")]
    [InlineData("from d2to1.util import cfg_to_args\nsetuptools.setup(**cfg_to_args())")]
    public void A_call_that_reads_setup_cfg_gives_what_setup_cfg_says(string script)
    {
        var read = Read(
            (
                "pyproject.toml",
                "[build-system]\nrequires=['setuptools']\nbuild-backend='pbr.build'\nbackend-path=['.']\n"
            ),
            ("setup.py", $"import setuptools\n{script}\n"),
            ("setup.cfg", "[metadata]\nname = a\n"),
            ("requirements.txt", "setuptools\n")
        );

        Assert.Equal("a", read.Name?.Normalized);
        Assert.Equal(["setuptools"], Requires(read));
        Assert.Equal("1.0", read.BuildEnvironment["PBR_VERSION"]);
    }

    /// <summary>Without a backend of its own a setup.py finds the project's modules first; otherwise those of another
    /// version may be installed, whose name is the same and whose version is not.</summary>
    [Theory]
    [InlineData("import thing", "thing", "", "thing", "2.0")]
    [InlineData("import thing.info", "thing.info", "", "thing", "2.0")]
    [InlineData("import thing.info as i", "i", "", "thing", "2.0")]
    [InlineData("import thing", "thing", "setuptools.build_meta", "thing", null)]
    [InlineData("import thing\nthing = other()", "thing", "", null, null)]
    [InlineData("try:\n    import thing\nexcept ImportError:\n    thing = None", "thing", "", null, null)]
    [InlineData("import elsewhere", "elsewhere", "", null, null)]
    public void What_a_module_of_the_project_binds_once_is_known(
        string import,
        string module,
        string backend,
        string? name,
        string? version
    )
    {
        const string Names = "__title__ = 'thing'\n__version__ = '2.0'\n";
        List<(string, string)> files =
        [
            (
                "setup.py",
                $"from setuptools import setup\n{import}\nsetup(name={module}.__title__, "
                    + $"version={module}.__version__)\n"
            ),
            ("thing/__init__.py", Names),
            ("thing/info.py", Names),
        ];
        if (backend.Length > 0)
            files.Add(("pyproject.toml", $"[build-system]\nrequires=['setuptools']\nbuild-backend='{backend}'\n"));

        var read = Read([.. files]);

        Assert.Equal(name, read.Known["name"] == MetadataSource.SetupPy ? read.Name?.Normalized : null);
        Assert.Equal(version, read.Known["version"] == MetadataSource.SetupPy ? read.Version?.ToString() : null);
    }

    [Fact]
    public void A_name_that_is_imported_from_a_module_of_the_project_is_known()
    {
        var read = Read(
            (
                "setup.py",
                "from setuptools import setup\nfrom thing import NAME, VERSION as V\nsetup(name=NAME, version=V)\n"
            ),
            ("thing.py", "NAME = 'a-thing'\nVERSION = '3.1'\n")
        );

        Assert.Equal("a-thing", read.Name?.Normalized);
        Assert.Equal("3.1", read.Version?.ToString());
    }

    [Fact]
    public void A_commit_in_the_folders_name_is_no_version_but_the_files_name_may_have_one()
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist(
            "python-a_4.15.1.orig.tar.gz",
            (
                "a-ffcd154/pyproject.toml",
                Hatchling + "[project]\nname='a'\ndynamic=['version']\n[tool.hatch.version]\nsource='vcs'\n"
            )
        );

        var read = ArchiveScanner.Scan([path], ScanOptions.Default, TestContext.Current.CancellationToken)[0];

        Assert.Equal("4.15.1", read.Version.ToString());
        Assert.Equal(MetadataSource.FolderName, read.Known["version"]);
        Assert.Contains(read.Problems, p => p is { Code: "version-by-file-name", Fatal: false });
        Assert.Equal("4.15.1", read.BuildEnvironment["SETUPTOOLS_SCM_PRETEND_VERSION"]);
    }

    [Fact]
    public void Invalid_TOML_names_file_line_and_column()
    {
        var read = Read(("pyproject.toml", "[project]\nname = \n"));

        var problem = Assert.Single(read.Problems, p => p.Code == "toml-invalid");
        Assert.True(problem.Fatal);
        Assert.Contains("a-1.0/pyproject.toml:2:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_requirement_makes_the_dependencies_unknown_and_is_named()
    {
        var read = Read(
            ("pyproject.toml", Hatchling + "[project]\nname='a'\nversion='1.0'\ndependencies=['b', '==nonsense']\n")
        );

        Assert.Null(read.RequiresDist);
        Assert.Contains(
            read.Problems,
            p => p.Code == "requirement-invalid" && p.Message.Contains("pyproject.toml:7:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_invalid_version_is_named()
    {
        var read = Read(
            ("PKG-INFO", "Metadata-Version: 2.1\nName: a\nVersion: 1.0-beta-gamma\n"),
            ("setup.py", "setup()")
        );

        Assert.Contains(
            read.Problems,
            p => p.Code == "version-invalid" && p.Message.Contains("1.0-beta-gamma", StringComparison.Ordinal)
        );
    }

    private const string Setuptools = "[build-system]\nrequires = ['setuptools']\n";

    private static string? VersionOf(Distribution read) =>
        read.Known["version"] is MetadataSource.FolderName or null ? null : read.Version!.Value.ToString();

    /// <summary>The answers are those of setuptools 78.</summary>
    [Theory]
    [InlineData("1.2.dev0", Setuptools + "[project]\nname = 'a'\nversion = '1.2'\n", "[egg_info]\ntag_build = dev\n")]
    [InlineData(
        "1.2.dev0",
        Setuptools + "[project]\nname = 'a'\nversion = '1.2'\n[tool.distutils.egg_info]\ntag_build = 'dev'\n",
        ""
    )]
    [InlineData(
        "1.2.dev0",
        Setuptools + "[project]\nname = 'a'\nversion = '1.2.dev0'\n",
        "[egg_info]\ntag_build = dev\n"
    )]
    [InlineData(null, Setuptools + "[project]\nname = 'a'\nversion = '1.2'\n", "[egg_info]\ntag_date = 1\n")]
    [InlineData("1.1", Setuptools, "[metadata]\nname = a\nversion = attr: m.number\n")]
    [InlineData("3", Setuptools, "[metadata]\nname = a\nversion = attr: m.there\n")]
    [InlineData(null, Setuptools, "[metadata]\nname = a\nversion = attr: m.again\n")]
    [InlineData(null, Setuptools, "[metadata]\nname = a\nversion = attr: both.v\n")]
    [InlineData("2", Setuptools, "[metadata]\nname = a\nversion = attr: both.v\n[options]\npackage_dir =\n  = src\n")]
    [InlineData(
        null,
        Setuptools,
        "[metadata]\nname = a\nversion = attr: m.there\n[options]\npackage_dir =\n  m = elsewhere\n"
    )]
    [InlineData(
        null,
        "[build-system]\nrequires = ['pbr']\nbuild-backend = 'pbr.build'\n",
        "[metadata]\nname = a\nversion = 2\n"
    )]
    public void A_version_by_way_of_setuptools_is_what_a_build_writes_or_unknown(
        string? version,
        string pyproject,
        string config
    ) =>
        Assert.Equal(
            version,
            VersionOf(
                Read(
                    ("pyproject.toml", pyproject),
                    ("setup.cfg", config),
                    ("m.py", "from n import there, again\nnumber = 1.10\nif again:\n    again = '7'\n"),
                    ("n.py", "there = again = '3'\n"),
                    ("both.py", "v = '1'\n"),
                    ("src/both.py", "v = '2'\n")
                )
            )
        );

    [Theory]
    [InlineData("distclass=D")]
    [InlineData("cmdclass={'egg_info': E, 'build_ext': B}")]
    public void Of_a_setup_with_commands_of_its_own_for_metadata_only_the_name_is_known(string more)
    {
        var read = Read(("setup.py", $"setup(name='a', version='1', install_requires=['b'], {more})"));

        Assert.Equal(("a", null, null), (read.RawName, VersionOf(read), read.RequiresDist));
    }

    [Fact]
    public void A_URL_that_says_where_the_build_is_done_is_unknown() =>
        Assert.Null(
            Read(
                (
                    "pyproject.toml",
                    Hatchling + "[project]\nname = 'a'\nversion = '1'\ndependencies = ['b @ {root:uri}/b']\n"
                )
            ).RequiresDist
        );

    [Theory]
    [InlineData("pdm_build.py", "")]
    [InlineData("x.py", "[tool.pdm.build]\ncustom-hook = 'x.py'\n")]
    public void What_a_hook_of_PDM_may_change_is_unknown(string file, string tool)
    {
        var read = Read(
            (
                "pyproject.toml",
                "[build-system]\nrequires = ['pdm-backend']\nbuild-backend = 'pdm.backend'\n[project]\nname = "
                    + "'a'\nversion = '1'\ndependencies = ['b']\n"
                    + tool
            ),
            (file, "")
        );

        Assert.Equal(("a", null, null), (read.RawName, VersionOf(read), read.RequiresDist));
    }

    /// <summary>The answers are those of poetry-core 2.</summary>
    [Theory]
    [InlineData("{ version = '1', python = '~3.9' }", "b==1; python_version == \"3.9\"")]
    [InlineData("{ version = '1', python = '~=3.9' }", "b==1; python_version >= \"3.9\" and python_version < \"4.0\"")]
    [InlineData("{ version = '1', python = '<=3.9' }", "b==1; python_full_version <= \"3.9.0\"")]
    [InlineData("{ version = '1', python = '>=3' }", "b==1; python_version >= \"3\"")]
    [InlineData("{ version = '1', python = '!=3.9.*' }", null)]
    [InlineData("{ version = '1', platform = 'win32' }", "b==1; sys_platform == \"win32\"")]
    [InlineData("{ version = '1', platform = 'linux || darwin' }", null)]
    public void Conditions_of_Poetry_are_markers_or_unknown(string dependency, string? requirement)
    {
        var read = Read(
            (
                "pyproject.toml",
                $"[build-system]\nrequires = ['poetry-core']\nbuild-backend = "
                    + $"'poetry.core.masonry.api'\n[tool.poetry]\nname = 'a'\nversion = "
                    + $"'1'\n[tool.poetry.dependencies]\npython = '^3.8'\nb = {dependency}\n"
            )
        );

        Assert.Equal(requirement, read.RequiresDist is null ? null : Assert.Single(Requires(read)));
    }

    [Fact]
    public void What_setup_cfg_says_of_Python_does_not_change_the_table_and_what_setup_is_given_does()
    {
        const string Table = Setuptools + "[project]\nname = 'a'\nversion = '1'\nrequires-python = '>=3.7'\n";

        Assert.Equal(
            ">=3.7",
            Read(("pyproject.toml", Table), ("setup.cfg", "[options]\npython_requires = >=3.9\n"))
                .RequiresPython!.ToString()
        );
        Assert.Equal(
            ">=3.9",
            Read(("pyproject.toml", Table), ("setup.py", "setup(python_requires='>=3.9')\n")).RequiresPython!.ToString()
        );
    }
}
