using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Tests.Toml;

/// <summary>Texts that are no TOML are refused in plain words: no names of tokens, no backquotes.</summary>
public sealed class TomlFaultTests
{
    [Theory]
    [InlineData("[project\nname = 1\n", "f.toml:1:9: it is no TOML: the end of the line stands where ']' is expected")]
    [InlineData("a = \n", "f.toml:1:5: it is no TOML: the end of the line stands where a value is expected")]
    [InlineData("a = [\n'x'\n'y'\n]\n", "f.toml:3:1: it is no TOML: missing a ',' to separate items in an array")]
    [InlineData("a = 'x\n", "f.toml:1:7: it is no TOML: invalid newline in a string")]
    [InlineData("a = 1_\n", "f.toml:1:7: it is no TOML: missing a digit after a trailing underscore '_'")]
    public void The_error_says_what_stands_where_something_else_is_expected(string text, string error) =>
        Assert.Equal(error, TomlDocument.TryParse(text, "f.toml").Error!.ToString());

    [Theory]
    [InlineData("a = }")]
    [InlineData("= 1")]
    [InlineData("a = {b = 1")]
    [InlineData("a = \"\\q\"")]
    [InlineData("a = 2025-13-01")]
    [InlineData("a.b = 1\na = 2")]
    [InlineData("[a]\n[a]")]
    [InlineData("a = 0x")]
    [InlineData("\"")]
    public void No_error_has_words_of_the_library(string text)
    {
        var error = TomlDocument.TryParse(text, "f.toml").Error!.ToString();

        Assert.DoesNotContain('`', error);
        Assert.DoesNotContain("token", error, StringComparison.OrdinalIgnoreCase);
    }
}
