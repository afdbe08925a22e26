using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Parsing;

/// <summary>The texts for typical mistakes, approved: what was expected and found, the input, and the caret under the
/// place.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("version", "", "expected a digit, for the release of a version, found the end", "", "^")]
    [InlineData("version", "one", "expected a digit, for the release of a version, found 'o'", "one", "^")]
    [InlineData(
        "version",
        "1..2",
        "expected the end of the version, or a suffix such as a1, .post1, .dev1 or +local, found '.'",
        "1..2",
        " ^"
    )]
    [InlineData("version", "1.0.", "expected a digit after '.', found the end", "1.0.", "    ^")]
    [InlineData("version", "1!", "expected a digit after the epoch, found the end", "1!", "  ^")]
    [InlineData(
        "version",
        "1.0+",
        "expected a letter or a digit, for the local label after '+', found the end",
        "1.0+",
        "    ^"
    )]
    [InlineData(
        "version",
        "1.0+a..b",
        "expected a letter, a digit, a separator or the end of the local label, found '.'",
        "1.0+a..b",
        "     ^"
    )]
    [InlineData(
        "version",
        "1.0-final",
        "expected the end of the version, or a suffix such as a1, .post1, .dev1 or +local, found '-'",
        "1.0-final",
        "   ^"
    )]
    [InlineData(
        "version",
        "1.0 beta 2",
        "expected the end of the version, or a suffix such as a1, .post1, .dev1 or +local, found ' '",
        "1.0 beta 2",
        "   ^"
    )]
    [InlineData("version", "١.0", "expected a digit, for the release of a version, found '١'", "١.0", "^")]
    [InlineData(
        "version",
        "2023.11.29-dev-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789",
        "expected the end of the version, or a suffix such as a1, .post1, .dev1 or +local, found '-'",
        "2023.11.29-dev-0123456789-0123456789-0123456789-0123456789-0123456789-012345…",
        "                         ^"
    )]
    [InlineData(
        "version",
        "1.0\n2.0",
        "expected the end of the version, or a suffix such as a1, .post1, .dev1 or +local, found U+000A",
        "1.0·2.0",
        "   ^"
    )]
    [InlineData(
        "specifier",
        "1.0",
        "expected one of the operators ==, !=, <=, >=, <, >, ~=, ===, found '1'",
        "1.0",
        "^"
    )]
    [InlineData(
        "specifier",
        "=1.0",
        "expected one of the operators ==, !=, <=, >=, <, >, ~=, ===, found '='",
        "=1.0",
        "^"
    )]
    [InlineData(
        "specifier",
        "=>1.0",
        "expected one of the operators ==, !=, <=, >=, <, >, ~=, ===, found '='",
        "=>1.0",
        "^"
    )]
    [InlineData("specifier", ">=1.0;<2", "expected ',' or the end of the specifier, found ';'", ">=1.0;<2", "     ^")]
    [InlineData("specifier", ">=1.0 <2", "expected ',' or the end of the specifier, found ' '", ">=1.0 <2", "     ^")]
    [InlineData(
        "specifier",
        "~=1",
        "expected a second number in the release, because '~=' holds all but the last one fixed, found the end",
        "~=1",
        "   ^"
    )]
    [InlineData(
        "specifier",
        ">=1.*",
        "expected a version without '.*': only == and != match prefixes, found '.'",
        ">=1.*",
        "   ^"
    )]
    [InlineData(
        "specifier",
        "==1.0a1.*",
        "expected '.*' directly after the release only, found '.'",
        "==1.0a1.*",
        "       ^"
    )]
    [InlineData(
        "specifier",
        ">=1.0+local",
        "expected a version without local label: only == and != compare those, found '+'",
        ">=1.0+local",
        "     ^"
    )]
    [InlineData(
        "specifier",
        "^1.2",
        "expected one of the operators ==, !=, <=, >=, <, >, ~=, ===, found '^'",
        "^1.2",
        "^"
    )]
    [InlineData("specifier", "> =1", "expected a digit, for the version of the specifier, found '='", "> =1", "  ^")]
    [InlineData("requirement", "", "expected a letter or a digit, for the name of a project, found the end", "", "^")]
    [InlineData(
        "requirement",
        "-e .",
        "expected a letter or a digit, for the name of a project, found '-'",
        "-e .",
        "^"
    )]
    [InlineData(
        "requirement",
        "requests >= 2.8.1 , == 2.8.* ; python_version < 2.7",
        "expected a marker variable such as python_version, or a quoted text, found '2'",
        "requests >= 2.8.1 , == 2.8.* ; python_version < 2.7",
        "                                                ^"
    )]
    [InlineData(
        "requirement",
        "requests[security",
        "expected ',' and another extra, or ']' for the '[' at position 9, found the end",
        "requests[security",
        "                 ^"
    )]
    [InlineData(
        "requirement",
        "requests[,]",
        "expected a letter or a digit, for the name of an extra, found ','",
        "requests[,]",
        "         ^"
    )]
    [InlineData(
        "requirement",
        "requests (>=2",
        "expected ',' and another specifier, or ')' for the '(' at position 10, found the end",
        "requests (>=2",
        "             ^"
    )]
    [InlineData(
        "requirement",
        "requests=2",
        "expected an operator such as '=='; a single '=' is not an operator, found '='",
        "requests=2",
        "        ^"
    )]
    [InlineData(
        "requirement",
        "requests>2 # why",
        "expected ',' and another specifier, ';' and a marker, or the end, found '#'",
        "requests>2 # why",
        "           ^"
    )]
    [InlineData("requirement", "pip @ ", "expected a URL after '@', found the end", "pip @ ", "      ^")]
    [InlineData(
        "requirement",
        "pip @ https://example.org/pip.zip; os_name=='nt'",
        "expected a space before ';', which is a part of the URL otherwise, found ';'",
        "pip @ https://example.org/pip.zip; os_name=='nt'",
        "                                 ^"
    )]
    [InlineData(
        "requirement",
        "pip @ https://example.org/pip.zip os_name=='nt'",
        "expected ';' before a marker, or the end, found 'o'",
        "pip @ https://example.org/pip.zip os_name=='nt'",
        "                                  ^"
    )]
    [InlineData(
        "requirement",
        "./downloads/pip.zip",
        "expected a letter or a digit, for the name of a project, found '.'",
        "./downloads/pip.zip",
        "^"
    )]
    [InlineData(
        "marker",
        "python_version",
        "expected one of the operators ==, !=, <=, >=, <, >, ~=, ===, in, not in, found the end",
        "python_version",
        "              ^"
    )]
    [InlineData(
        "marker",
        "python_version >= 3.8",
        "expected a marker variable such as python_version, or a quoted text, found '3'",
        "python_version >= 3.8",
        "                  ^"
    )]
    [InlineData(
        "marker",
        "python_version >= '3.8",
        "expected ' to close the quote at position 19, found the end",
        "python_version >= '3.8",
        "                      ^"
    )]
    [InlineData(
        "marker",
        "python_version => '3.8'",
        "expected one of the operators ==, !=, <=, >=, <, >, ~=, ===, in, not in, found '='",
        "python_version => '3.8'",
        "               ^"
    )]
    [InlineData(
        "marker",
        "python == '3'",
        "expected a marker variable such as python_version, or a quoted text, found 'p'",
        "python == '3'",
        "^"
    )]
    [InlineData(
        "marker",
        "os_name == 'nt' && extra == 'x'",
        "expected 'and', 'or' or the end of the marker, found '&'",
        "os_name == 'nt' && extra == 'x'",
        "                ^"
    )]
    [InlineData(
        "marker",
        "(os_name == 'nt'",
        "expected 'and', 'or', or ')' for the '(' at position 1, found the end",
        "(os_name == 'nt'",
        "                ^"
    )]
    [InlineData(
        "marker",
        "os_name not 'nt'",
        "expected 'in' after 'not', found '''",
        "os_name not 'nt'",
        "            ^"
    )]
    [InlineData(
        "marker",
        "os_name == 'C:\\x'",
        "expected a character or a valid escape inside the quotes, found '\\'",
        "os_name == 'C:\\x'",
        "              ^"
    )]
    [InlineData("name", "", "expected a letter or a digit at the start of a project name, found the end", "", "^")]
    [InlineData(
        "name",
        "zope_",
        "expected a letter or a digit at the end of a project name, found '_'",
        "zope_",
        "    ^"
    )]
    [InlineData(
        "name",
        "_zope",
        "expected a letter or a digit at the start of a project name, found '_'",
        "_zope",
        "^"
    )]
    [InlineData(
        "name",
        "my package",
        "expected a letter, a digit or one of '-', '_', '.' in a project name, found ' '",
        "my package",
        "  ^"
    )]
    [InlineData(
        "name",
        "naïve",
        "expected a letter, a digit or one of '-', '_', '.' in a project name, found 'ï'",
        "naïve",
        "  ^"
    )]
    [InlineData("wheel", "pip-23.0.zip", "expected the extension .whl, found the end", "pip-23.0.zip", "            ^")]
    [InlineData(
        "wheel",
        "pip-23.0.whl",
        "expected name-version(-build)-interpreter-abi-platform, found 2 parts between hyphens",
        "pip-23.0.whl",
        "        ^"
    )]
    [InlineData(
        "wheel",
        "pip--23.0-py3-none-any.whl",
        "expected a digit, for the release of a version, found the end",
        "pip--23.0-py3-none-any.whl",
        "    ^"
    )]
    [InlineData(
        "wheel",
        "pip-x-py3-none-any.whl",
        "expected a digit, for the release of a version, found 'x'",
        "pip-x-py3-none-any.whl",
        "    ^"
    )]
    [InlineData(
        "wheel",
        "pip-23.0-b1-py3-none-any.whl",
        "expected a digit at the start of the build tag, found 'b'",
        "pip-23.0-b1-py3-none-any.whl",
        "         ^"
    )]
    [InlineData(
        "wheel",
        "pip-23.0-3-none-any.whl",
        "expected an interpreter tag that is an identifier, such as py3 or cp311, found '3'",
        "pip-23.0-3-none-any.whl",
        "         ^"
    )]
    [InlineData(
        "wheel",
        "my__pip-23.0-py3-none-any.whl",
        "expected single underscores in the name of the project, found '_'",
        "my__pip-23.0-py3-none-any.whl",
        "   ^"
    )]
    [InlineData(
        "wheel",
        "pip-23.0-py3..py2-none-any.whl",
        "expected a tag between '-' and '.', found '.'",
        "pip-23.0-py3..py2-none-any.whl",
        "             ^"
    )]
    [InlineData(
        "sdist",
        "pip-23.0.tar.xz",
        "expected the extension .tar.gz or .zip, found the end",
        "pip-23.0.tar.xz",
        "               ^"
    )]
    [InlineData(
        "sdist",
        "pip.tar.gz",
        "expected '-' and a version before the extension, found '.'",
        "pip.tar.gz",
        "   ^"
    )]
    [InlineData("sdist", "-1.0.tar.gz", "expected the name of the project, found '-'", "-1.0.tar.gz", "^")]
    [InlineData(
        "sdist",
        "pip-latest.tar.gz",
        "expected a digit, for the release of a version, found 'l'",
        "pip-latest.tar.gz",
        "    ^"
    )]
    public void A_mistake_is_reported_with_its_position(
        string kind,
        string input,
        string message,
        string line,
        string caret
    )
    {
        var error = kind switch
        {
            "version" => Version.TryParse(input).Error,
            "specifier" => SpecifierSet.TryParse(input).Error,
            "requirement" => Requirement.TryParse(input).Error,
            "marker" => Marker.TryParse(input).Error,
            "name" => PackageName.TryParse(input).Error,
            "wheel" => WheelFileName.TryParse(input).Error,
            _ => SdistFileName.TryParse(input).Error,
        };
        Assert.NotNull(error);
        Assert.Equal(message, $"expected {error.Expected}, found {error.Found}");
        Assert.Equal($"{line}\n{caret}", error.Render());
        Assert.Equal(
            $"expected {error.Expected}, found {error.Found} at position {error.Position + 1} of "
                + $"'{input.Replace("\n", "\\n", StringComparison.Ordinal)}'",
            error.ToString()
        );
    }

    [Theory]
    [InlineData(
        "os_name == 'x' and sys_platform ~= 'linux'",
        "expected an operator that compares text: ==, !=, in or not in, found '~='",
        "sys_platform ~= \"linux\"",
        "             ^"
    )]
    [InlineData(
        "'posix' == 'os_nam'",
        "expected a marker variable that is known here, found 'os_nam'",
        "\"posix\" == os_nam",
        "           ^"
    )]
    [InlineData(
        "extras == 'x'",
        "expected a marker variable that is known here, found 'extras'",
        "extras == \"x\"",
        "^"
    )]
    public void A_comparison_without_a_meaning_is_reported_with_its_position(
        string marker,
        string message,
        string line,
        string caret
    )
    {
        var error = Marker.Parse(marker).TryEvaluate(MarkerEnvironment.CPython311OnLinux, []).Error;
        Assert.NotNull(error);
        Assert.Equal(message, $"expected {error.Expected}, found {error.Found}");
        Assert.Equal($"{line}\n{caret}", error.Render());
    }

    [Fact]
    public void A_long_input_is_shown_by_a_window_around_the_place()
    {
        var error = new ParseError(new string('a', 500) + "!" + new string('b', 500), 500, "'!'", "nothing");
        var lines = error.Render().Split('\n');
        Assert.InRange(lines[0].Length, 70, 80);
        Assert.Equal('!', lines[0][lines[1].IndexOf('^', StringComparison.Ordinal)]);
        Assert.StartsWith("…", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("…", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u001b[31mb", 6, "a·[31mb\n      ^")] // no control sequence reaches a terminal
    [InlineData("\u202eab", 2, "·ab\n  ^")] // nor does a change of writing direction
    [InlineData("中x", 1, "中x\n  ^")] // two columns wide
    [InlineData("e\u0301x", 2, "e\u0301x\n ^")] // combined into one column
    [InlineData("😀", 2, "😀\n  ^")]
    public void The_caret_is_under_the_position_for_all_characters(string input, int position, string rendered) =>
        Assert.Equal(rendered, new ParseError(input, position, "", "").Render());

    [Fact]
    public void Half_a_character_is_shown_as_a_dot() =>
        Assert.Equal("·x\n ^", new ParseError("\ud800x", 1, "", "").Render());

    [Fact]
    public void The_throwing_form_carries_the_error()
    {
        var thrown = Assert.Throws<PackagingFormatException>(() => Version.Parse("x"));
        Assert.Equal(Version.TryParse("x").Error, thrown.Error);
        Assert.Equal("expected a digit, for the release of a version, found 'x' at position 1 of 'x'", thrown.Message);
    }
}
