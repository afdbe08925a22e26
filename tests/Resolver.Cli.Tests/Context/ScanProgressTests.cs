using System.Text.RegularExpressions;
using Resolver.Cli.Terminal;
using Resolver.Cli.Tests.Commands;
using Xunit;

namespace Resolver.Cli.Tests.Context;

/// <summary>Who waits for an archive to be read sees how far that is, on a terminal and nowhere else.</summary>
public sealed class ScanProgressTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ScanProgressTests()
    {
        for (var i = 0; i < 20; i++)
            folder.Wheel($"name{i}", "1.0", "py3-none-any");
    }

    public static TheoryData<string> Commands =>
        ["scan", "order", "plan name1", "plan name1 --no-cache", "plan name1 -q", "explain name1", "missing nobody"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void On_a_terminal_files_are_counted_with_their_rate_and_the_line_is_gone_in_the_end(string command)
    {
        var error = Run(command, new ConsoleEnvironment { ErrorIsTerminal = true, Clock = new Hasty() }).Error;

        Assert.Matches(new Regex("\r\e\\[K[0-9]+ of 20 files, [0-9]+ a second(, [0-9]+ s left)?"), error);
        Assert.DoesNotMatch(new Regex("\r\e\\[K2[1-9] of"), error);
        Assert.Equal("\r\e[K", Regex.Match(error, "(\r\e\\[K)[^\r]*$").Groups[1].Value);
        Assert.DoesNotContain("a second", error[error.LastIndexOf('\r')..], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Elsewhere_and_with_no_progress_and_where_it_is_soon_over_nothing_is_counted(string command)
    {
        var terminal = new ConsoleEnvironment { ErrorIsTerminal = true, Clock = new Hasty() };

        Assert.DoesNotContain(
            "a second",
            Run(command, terminal with { ErrorIsTerminal = false }).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("a second", Run(command, terminal, "--no-progress").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "a second",
            Run(command, terminal with { Clock = new Still() }).Error,
            StringComparison.Ordinal
        );
    }

    private Invocation Run(string command, ConsoleEnvironment environment, params string[] more)
    {
        string[] cache = command.Contains("--no-cache", StringComparison.Ordinal)
            ? []
            : ["--cache-dir", folder[$"cache{Guid.NewGuid():N}"]];
        string[] archive = command == "order" ? [folder["archive"]] : ["-f", folder["archive"]];
        return Invocation.Of(
            environment with
            {
                Interruption = TestContext.Current.CancellationToken,
            },
            [
                .. command.Split(' '),
                .. archive,
                .. cache,
                .. command == "scan" ? (string[])[] : ["--no-installed"],
                .. more,
            ]
        );
    }

    /// <summary>A clock by which everything takes a second.</summary>
    private sealed class Hasty : TimeProvider
    {
        private long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref seconds);
    }

    /// <summary>A clock by which nothing takes any time.</summary>
    private sealed class Still : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
