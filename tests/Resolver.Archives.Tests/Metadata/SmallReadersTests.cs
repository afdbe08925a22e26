using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Xunit;

namespace Resolver.Archives.Tests.Metadata;

/// <summary>The small formats around old projects.</summary>
public sealed class SmallReadersTests
{
    [Theory]
    [InlineData("^1.2.3", ">=1.2.3,<2.0.0")]
    [InlineData("^1.2", ">=1.2,<2.0")]
    [InlineData("^1", ">=1,<2")]
    [InlineData("^0.2.3", ">=0.2.3,<0.3.0")]
    [InlineData("^0.0.3", ">=0.0.3,<0.0.4")]
    [InlineData("^0.0", ">=0.0,<0.1")]
    [InlineData("^0", ">=0,<1")]
    [InlineData("~1.2.3", ">=1.2.3,<1.3.0")]
    [InlineData("~1.2", ">=1.2,<1.3")]
    [InlineData("~1", ">=1,<2")]
    [InlineData("~=1.4", ">=1.4,<2.0")]
    [InlineData("~=1.4.2", ">=1.4.2,<1.5.0")]
    [InlineData("^v1", ">=1,<2")]
    [InlineData("*", "")]
    [InlineData("1.2.*", "==1.2.*")]
    [InlineData("1.2.3", "==1.2.3")]
    [InlineData(">=1.2, <1.5", ">=1.2,<1.5")]
    [InlineData(">= 1.2 < 1.5", ">=1.2,<1.5")]
    [InlineData("!=1.1", "!=1.1")]
    public void A_constraint_of_Poetry_has_words_in_PEP_440(string constraint, string specifiers) =>
        Assert.Equal(specifiers, PoetryConstraint.ToSpecifiers(constraint));

    [Fact]
    public void Alternatives_that_leave_a_gap_have_none() => Assert.Null(PoetryConstraint.ToSpecifiers("^2.7 || ^3.6"));

    [Theory]
    [InlineData("^1.0 || ^2.0", ">=1.0,<3.0")]
    [InlineData("^2.0|^1.0", ">=1.0,<3.0")]
    [InlineData("<1.4 || >=1.2", "")]
    [InlineData(">=1.2 || >=1.5", ">=1.2")]
    public void Alternatives_that_touch_are_one_range(string constraint, string specifiers) =>
        Assert.Equal(specifiers, PoetryConstraint.ToSpecifiers(constraint));

    [Theory]
    [InlineData("~2.7 || ^3.5", ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*")]
    [InlineData("^3.8", ">=3.8,<4.0")]
    [InlineData("3.8", ">=3.8,<3.9")]
    [InlineData("3", ">=3.0,<4.0")]
    [InlineData("3.8.1", "==3.8.1")]
    [InlineData(">=3.8,!=3.9.*", null)]
    [InlineData(">=3.8,<3.9 || >=3.10,<3.13", null)] // what excludes 3.13 and later depends on the Poetry that wrote it
    public void Pythons_that_no_alternative_admits_are_excluded(string constraint, string? specifiers) =>
        Assert.Equal(specifiers, PoetryConstraint.ToPython(constraint));

    [Theory]
    [InlineData("a-1.0", "a", "1.0")]
    [InlineData("a-b-1.0", "a-b", "1.0")]
    [InlineData("a_b-1.0rc1", "a_b", "1.0rc1")]
    [InlineData("a-v1.0", "a", "v1.0")]
    [InlineData("a-1.0+dfsg", "a", "1.0")]
    [InlineData("a-1.0+dfsg1", "a", "1.0")]
    [InlineData("a-1.0+ds.2", "a", "1.0")]
    [InlineData("a-1.0~repack", "a", "1.0")]
    [InlineData("a-1.0+local", "a", "1.0+local")]
    [InlineData("a-1.0-2", "a", "1.0-2")]
    [InlineData("a-2-1.0", "a-2", "1.0")]
    [InlineData("a-2026.1", "a", "2026.1")]
    [InlineData("a-20260101", "a", "20260101")]
    [InlineData("a-0123456789abcdef0123456789abcdef01234567", "a", null)]
    [InlineData("a-1e5f0ab", "a", null)]
    [InlineData("a-1.0+git20211126.ae0bd61", "a-1.0+git20211126.ae0bd61", null)]
    [InlineData("a", "a", null)]
    [InlineData(null, null, null)]
    public void A_folder_tells_name_and_version_where_its_name_shows_them(
        string? folder,
        string? name,
        string? version
    ) => Assert.Equal((name, version), FolderIdentity.Of(folder));

    [Theory]
    [InlineData("python-anyio_4.15.1.orig", "4.15.1")]
    [InlineData("a_1.0+dfsg1.orig", "1.0")]
    [InlineData("a-1.0", "1.0")]
    [InlineData("python-click_8.2.0+0.really.8.1.8.orig", null)]
    [InlineData("a_20.11.0+git20211126.ae0bd61.orig", null)]
    [InlineData("main", null)]
    public void A_file_tells_a_version_where_its_name_shows_one(string stem, string? version) =>
        Assert.Equal(version, FolderIdentity.VersionOfFile(stem));

    [Fact]
    public void Requires_txt_has_sections_for_extras_and_markers()
    {
        var (requirements, extras) = EggInfo.ReadRequires(
            "a>1\n\n[:python_version < \"3\"]\nb\n\n[x]\nc; sys_platform == \"linux\" or os_name == "
                + "\"nt\"\n\n[y:os_name == \"nt\"]\nd\n",
            new ReadingBudget()
        );

        Assert.Equal(
            [
                "a>1",
                "b; python_version < \"3\"",
                "c; (sys_platform == \"linux\" or os_name == \"nt\") and extra == \"x\"",
                "d; os_name == \"nt\" and extra == \"y\"",
            ],
            requirements.Select(r => r.Parsed.Value.ToString())
        );
        Assert.Equal(["x", "y"], extras);
    }

    [Fact]
    public void Setup_cfg_continues_in_indented_lines_and_skips_comments()
    {
        var file = ConfigFile.Read(
            "[metadata]\nname = a\n# no\n[options]\ninstall-requires =\n    b\n    ; no\n    c>1\nzip_safe: no\n"
        );

        Assert.Equal("a", file["metadata", "name"]);
        Assert.Equal(["b", "c>1"], ConfigFile.List(file["options", "install_requires"]!));
        Assert.Equal("no", file["options", "zip_safe"]);
    }

    [Theory]
    [InlineData("__version__ = '1.0'\n", "1.0")]
    [InlineData("x\n__version__: str = \"v1.0\"  # now\n", "1.0")]
    [InlineData("VERSION='2'\n", "2")]
    [InlineData("  __version__ = '1.0'\n", null)]
    [InlineData("__version__ = get()\n", null)]
    public void The_first_version_line_counts_for_hatchling(string text, string? version) =>
        Assert.Equal(version, ModuleLiterals.FirstVersionLine(text));

    /// <summary>The answers are those of <c>configparser.ConfigParser</c> with setuptools'
    /// <c>optionxform</c>.</summary>
    [Theory]
    [InlineData("[metadata]\nname = a\nversion = %(name)s-1\n", "a-1")]
    [InlineData("[metadata]\nname = a\nversion = 100%%\n", "100%")]
    [InlineData("[DEFAULT]\nmajor = 2\n[metadata]\nversion = %(major)s.%(minor)s\nminor = 3\n", "2.3")]
    [InlineData("[metadata]\nx = %(y)s\ny = %(z)s\nz = 1\nversion = %(x)s.0\n", "1.0")]
    [InlineData("[metadata]\nversion = %(name)s\n", null)]
    [InlineData("[metadata]\nversion = 5%\n", null)]
    [InlineData("[metadata]\nNAME = a\nversion = %(name)s\n", null)]
    [InlineData("[metadata]\nx = %(x)s\nversion = %(x)s\n", null)]
    public void Values_of_setup_cfg_stand_for_one_another_as_configparser_has_it(string text, string? expected)
    {
        var file = ConfigFile.Read(text);

        Assert.Equal(expected is null, file.IsRefused);
        if (expected is not null)
            Assert.Equal(expected, file["metadata", "version"]);
    }

    [Fact]
    public void What_other_tools_write_into_setup_cfg_is_not_judged() =>
        Assert.False(ConfigFile.Read("[tool:pytest]\nlog_format = %(asctime)s 5%\n").IsRefused);
}
