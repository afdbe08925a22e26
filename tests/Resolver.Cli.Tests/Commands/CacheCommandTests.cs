using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary><c>resolver cache</c>: sizes as the files have them; what is deleted is made again, and nothing else is
/// touched.</summary>
public sealed class CacheCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Clear_deletes_what_a_run_recreates_and_nothing_else()
    {
        Assert.Equal(ExitCode.Done, Plan().ExitCode);
        folder.Write("cache/notes.txt", "mine");
        folder.Write("cache/wheels/ab/x-1-py3-none-any.whl", "12345");

        Assert.Matches(@"5 B  built wheels, 1 item\n", Of("size"));
        Assert.Matches("1 item", Of("size").Split('\n')[0]);
        Of("clear");

        Assert.Equal(
            ["notes.txt"],
            Directory.EnumerateFiles(folder["cache"], "*", SearchOption.AllDirectories).Select(Path.GetFileName)
        );
        Assert.Equal(ExitCode.Done, Plan().ExitCode);
    }

    [Fact]
    public void Prune_keeps_what_was_used_recently()
    {
        var old = folder.Write("cache/wheels/old/x.whl", "1");
        folder.Write("cache/wheels/new/x.whl", "1");
        var long_ago = DateTime.UtcNow.AddDays(-20);
        File.SetLastWriteTimeUtc(old, long_ago);
        File.SetLastAccessTimeUtc(old, long_ago);

        Assert.StartsWith("Deleted 0 items", Of("prune"), StringComparison.Ordinal);
        Assert.StartsWith("Deleted 1 item, 1 B", Of("prune", "--older-than", "10"), StringComparison.Ordinal);

        Assert.Equal(["new"], Directory.EnumerateDirectories(folder["cache/wheels"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("cache", "empty")]
    [InlineData("cache", "size", "--older-than", "3")]
    [InlineData("runs", "--older-than", "3")]
    [InlineData("undo")]
    [InlineData("undo", "x", "--last")]
    [InlineData("help", "nothing")]
    public void Wrong_use_is_refused(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, Invocation.Of(arguments).ExitCode);

    [Fact]
    public void Help_of_a_command_is_what_its_option_prints() =>
        Assert.Equal(Invocation.Of("plan", "--help").Output, Invocation.Of("help", "plan").Output);

    [Fact]
    public void The_short_option_prints_the_version() => Assert.Equal(Invocation.Of("--version"), Invocation.Of("-V"));

    private string Of(params string[] arguments)
    {
        var run = Invocation.Of(["cache", .. arguments, "--cache-dir", folder["cache"]]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return run.Output;
    }

    private Invocation Plan() =>
        Invocation.Of(
            "plan",
            "letters",
            "-f",
            Repository.Quickstart("archive"),
            "--no-installed",
            "--cache-dir",
            folder["cache"]
        );
}
