using CsCheck;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Terminal;

/// <summary>What strangers wrote never drives the terminal.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain text, 1.0 >=2", "plain text, 1.0 >=2")]
    [InlineData("grüße 日本 🎉", "grüße 日本 🎉")]
    [InlineData("\e[31mred\e[0m", "\\x1b[31mred\\x1b[0m")] // an escape sequence
    [InlineData("a\u009b31mb", "a\\x9b31mb")] // the same in one character (C1)
    [InlineData("a\r\nb\tc\ad", "a\\x0d\\x0ab\\x09c\\x07d")]
    [InlineData("abc\u202egnp.exe", "abc\\u202egnp.exe")] // reads backwards from here on
    [InlineData("a\u2028b", "a\\u2028b")] // a line break to some terminals
    [InlineData("", "")]
    public void What_a_terminal_would_act_upon_is_spelt_out(string text, string expected) =>
        Assert.Equal(expected, PlainText.Of(text));

    [Fact]
    public void Half_a_character_is_spelt_out() => Assert.Equal("\\ud800x\\udc00", PlainText.Of("\ud800x\udc00"));

    [Fact]
    public void Whatever_the_text_the_result_is_one_line_without_controls() =>
        Gen
            .Char.Array[0, 40]
            .Select(characters => new string(characters))
            .Sample(text => !PlainText.Of(text).Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202e'));

    [Fact]
    public void A_text_of_several_lines_keeps_its_lines() =>
        Assert.Equal(["a", "b\\x1b", "c"], PlainText.Lines("a\nb\e\r\nc"));
}
