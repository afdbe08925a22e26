using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests;

/// <summary>Contract, "Commands" and "Exit codes": what a wrong command line is told, and what help says.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Without_a_command_the_help_goes_to_standard_error_and_the_use_is_wrong()
    {
        var run = Invocation.Of();

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("scan", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("bench")] // nothing to measure
    [InlineData("scan", "--no-such-option")]
    [InlineData("scan", "-f", "x", "--timeout", "3")] // scanning has no use for it
    [InlineData("scan", "-f", "x", "--format", "xml")]
    [InlineData("scan", "-f", "x", "--format", "dot")] // a format of plans
    [InlineData("scan", "-f", "x", "-o", "list")]
    [InlineData("scan", "-f", "x", "-o", "list.txt")]
    [InlineData("scan", "-f", "x", "-o", "list.cdx.json")]
    [InlineData("scan", "-f", "x", "-j", "0")]
    [InlineData("scan", "-f", "x", "-j", "two")]
    [InlineData("scan", "-f", "x", "--color", "sometimes")]
    [InlineData("scan", "-f", "x", "--format", "text", "--format", "json")]
    [InlineData("scan", "-f", "")]
    [InlineData("scan", "-f")]
    [InlineData("scan", "-f", "--no-such-option")]
    [InlineData("scan", "--", "--no-such-option")]
    [InlineData("scan")]
    public void A_wrong_command_line_is_exit_2_with_one_error_and_no_output(params string[] arguments)
    {
        var run = Invocation.Of(arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--color is auto, always or never, not 'sometimes'", "scan", "x", "--color", "sometimes")]
    [InlineData("--format is text or json, not 'xml'", "list", "--format", "xml")]
    [InlineData("--on-file-conflict is error or warn, not 'merge'", "install", "x", "--on-file-conflict", "merge")]
    [InlineData("the argument is dir, size, prune or clear, not 'empty'", "cache", "empty")]
    public void An_invalid_choice_names_the_option_and_its_values_on_one_line(
        string expected,
        params string[] arguments
    )
    {
        var run = Invocation.Of(arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {expected}\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("solve", "NOWHERE")]
    [InlineData("bench", "NOWHERE")]
    [InlineData("bench", "-f", "FOLDER", "--baseline", "NOWHERE")]
    [InlineData("install", "--plan", "NOWHERE", "--prefix", "p")]
    [InlineData("scan", "-f", "NOWHERE")]
    [InlineData("scan", "-f", "FOLDER", "--verify", "NOWHERE")]
    [InlineData("order", "NOWHERE")]
    [InlineData("check", "--prefix", "NOWHERE")]
    public void A_missing_path_is_reported_as_given_with_exit_3(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var run = Invocation.Of([
            .. arguments.Select(each =>
                each.Replace("NOWHERE", "no/such", StringComparison.Ordinal)
                    .Replace("FOLDER", folder[""], StringComparison.Ordinal)
            ),
        ]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("no/such", run.Error, StringComparison.Ordinal);
        Assert.Contains("no such ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_version_is_a_result()
    {
        var run = Invocation.Of("--version");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal($"resolver {ProgramVersion.Text}\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Help_is_a_result()
    {
        var run = Invocation.Of("scan", "--help");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("--find-links", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_hostile_argument_is_shown_without_its_escapes()
    {
        var run = Invocation.Of("\e[2Jgone");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.DoesNotContain('\e', run.Error);
    }

    [Fact]
    public void Diagnostics_are_coloured_on_a_terminal_only_and_never_with_NO_COLOR()
    {
        var terminal = new ConsoleEnvironment { ErrorIsTerminal = true, OutputIsTerminal = true };
        var plain = terminal with { Variables = new Dictionary<string, string> { ["NO_COLOR"] = "1" } };

        Assert.Contains('\e', Invocation.Of(terminal, "frobnicate").Error);
        Assert.DoesNotContain('\e', Invocation.Of(plain, "frobnicate").Error);
        Assert.DoesNotContain('\e', Invocation.Of("frobnicate").Error);
    }
}
