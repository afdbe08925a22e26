using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Completions;

/// <summary><c>resolver complete -- WORD...</c>: how a command line that is being typed can go on.</summary>
public sealed class CompleteCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Commands_come_first_and_those_for_shells_alone_are_hidden()
    {
        var words = Complete("");

        Assert.Contains("order", words);
        Assert.Contains("--help", words);
        Assert.DoesNotContain("complete", words);
        Assert.Equal(["explain"], Complete("exp"));
    }

    [Fact]
    public void Options_are_those_of_the_command()
    {
        Assert.Equal(["--keep-going"], Complete("order", "--keep"));
        Assert.Empty(Complete("scan", "--keep"));
    }

    [Theory]
    [InlineData("plan", "--resolution", "")]
    [InlineData("plan", "--resolution", "lo")]
    [InlineData("plan", "--resolution=")]
    public void Values_are_those_an_option_takes(params string[] words)
    {
        var found = Complete(words);

        Assert.Contains(found, word => word.EndsWith("lowest-direct", StringComparison.Ordinal));
        Assert.All(found, word => Assert.StartsWith(words[^1], word, StringComparison.Ordinal));
    }

    [Fact]
    public void Projects_and_versions_are_those_of_the_archive_by_the_names_of_its_files()
    {
        Archive(
            "Numpy-1.9.tar.gz",
            "numpy-1.10-cp311-cp311-linux_x86_64.whl",
            "num_expr-2.tar.bz2",
            "notes.txt",
            "six-1.16.0-py2.py3-none-any.whl"
        );

        Assert.Equal(["num-expr", "numpy"], Complete("plan", "-f", folder["archive"], "num"));
        Assert.Equal(["numpy==1.10", "numpy==1.9"], Complete("plan", "-f", folder["archive"], "numpy=="));
        Assert.Equal(["six"], Complete("explain", $"--find-links={folder["archive"]}", "--why", "s"));
        Assert.Equal([":all:"], Complete("install", "-f", folder["archive"], "--no-binary", ":"));
    }

    [Fact]
    public void A_path_is_left_to_the_shell()
    {
        Assert.Empty(Complete("order", ""));
        Assert.Empty(Complete("plan", "-f", ""));
        Assert.Empty(Complete("plan", "-o", ""));
    }

    [Fact]
    public void Every_option_word_that_is_offered_is_one_that_the_command_takes()
    {
        var (_, commands) = CommandLine.CreateProgram(100);
        Assert.All(
            commands.Where(each => !each.Command.Hidden),
            definition =>
                Assert.Equal(
                    definition
                        .Command.Options.Where(option => !option.Hidden)
                        .Select(option => option.Name)
                        .Append("--help")
                        .Distinct()
                        .Order(StringComparer.Ordinal),
                    Complete(definition.Command.Name, "-")
                        .Where(word => word.StartsWith("--", StringComparison.Ordinal))
                        .Order(StringComparer.Ordinal)
                )
        );
    }

    private void Archive(params string[] names)
    {
        foreach (var name in names)
            folder.Write($"archive/{name}", "");
    }

    private static List<string> Complete(params string[] words)
    {
        var run = Invocation.Of(["complete", "--", .. words]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
    }
}
