using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>A directory where a file is meant: said so for every option that reads or writes one.</summary>
public sealed class DirectoryForFileTests : IDisposable
{
    private static readonly string Archive = Repository.Quickstart("archive");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plan", "--requirement")]
    [InlineData("plan", "letters", "--constraint")]
    [InlineData("plan", "letters", "--overrides")]
    [InlineData("plan", "--script")]
    [InlineData("plan", "--config")]
    [InlineData("plan", "letters", "--lock")]
    [InlineData("install", "--dry-run", "--prefix", "unused", "--plan")]
    [InlineData("solve")]
    [InlineData("scan", "--format", "html", "--output")]
    [InlineData("plan", "letters", "--format", "json", "--output")]
    public void A_directory_is_no_file(params string[] arguments)
    {
        PythonOnPath.Need();
        var archive = arguments[0] is "plan" or "scan" ? new[] { "-f", Archive } : [];

        var run = Invocation.Of([.. arguments, folder.Path, .. archive]);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"{folder.Path}: is a directory, not a file", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_once()
    {
        var file = folder["r.txt"];

        var run = Invocation.Of("plan", "-r", file, "-f", Archive);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal($"error: {file}: no such file\n", run.Error);
    }
}
