using CsCheck;
using Resolver.Execution.Processes;
using Xunit;

namespace Resolver.Execution.Tests.Processes;

/// <summary>What builds print can show anything and do nothing.</summary>
public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\u001b]0;title\u0007", "\\x1b]0;title\\x07")]
    [InlineData("10%\r20%\r\n", "10%\n20%\n")]
    [InlineData("gnp.\u202Eexe", "gnp.\\u202eexe")]
    [InlineData("tab\tand ünï", "tab\tand ünï")]
    public void Controls_are_written_out(string text, string shown)
    {
        Assert.Equal(shown, TerminalText.Neutralize(text));
    }

    [Fact]
    public void Nothing_a_terminal_obeys_is_left()
    {
        Gen.String[Gen.Char['\0', '\u2070'], 0, 40]
            .Sample(text => TerminalText.Neutralize(text).All(c => c is '\n' or '\t' || !char.IsControl(c)));
    }
}
