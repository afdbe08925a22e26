using System.Text;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests;

/// <summary>What the README shows is what the program does.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_main_command_installs_the_batch_and_says_what_the_README_shows()
    {
        PythonOnPath.NeedPip();
        var (command, shown) = Shown("install --batch ");
        Assert.Contains(
            "-- install --batch corpora/quickstart/batch --prefix /tmp/resolver-quickstart",
            command,
            StringComparison.Ordinal
        );

        var run = Invocation.Of(
            "install",
            "--batch",
            Repository.Quickstart("batch"),
            "--prefix",
            folder["prefix"],
            "--wheel-dir",
            folder["wheels"]
        );

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            Normal(shown.Where(line => !IsProgress(line))),
            Normal(Repository.FromRoot(run.Output).Split('\n'))
        );
        // Builds end as they end, and a run's id is never the same.
        Assert.Equal(
            Normal(shown.Where(IsProgress).Order(StringComparer.Ordinal)),
            Normal(run.Error.Split('\n').Where(IsProgress).Order(StringComparer.Ordinal))
        );
        var site = Path.GetDirectoryName(
            Directory.GetDirectories(folder.Path, "poster-1.0.dist-info", SearchOption.AllDirectories).Single()
        )!;
        Assert.Equal(
            "ok",
            PythonOnPath.Run(site, "-c", "import tinybuild, inkpot, letter_stamp, letters, poster; print('ok')").Trim()
        );
    }

    /// <summary>The line with the command, and the block of output that follows it.</summary>
    private static (string Command, List<string> Shown) Shown(string command)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "README.md")).ToList();
        var at = lines.FindIndex(line => line.Contains(command, StringComparison.Ordinal));
        var begin = lines.FindIndex(at, line => line.StartsWith("```", StringComparison.Ordinal));
        var end = lines.FindIndex(begin + 1, line => line.StartsWith("```", StringComparison.Ordinal));
        return (lines[at], lines[(begin + 1)..end]);
    }

    private static bool IsProgress(string line) =>
        line.StartsWith('[')
        || line.StartsWith("built ", StringComparison.Ordinal)
        || line.StartsWith("run ", StringComparison.Ordinal);

    /// <summary>Without what differs from machine to machine: the Python, the prefix, the times.</summary>
    private static string Normal(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var normal =
                line.StartsWith("For ", StringComparison.Ordinal) ? "For …:"
                : line.StartsWith("Installed ", StringComparison.Ordinal)
                    ? line[..line.IndexOf(" into ", StringComparison.Ordinal)]
                : line.StartsWith("run ", StringComparison.Ordinal)
                    ? "run …" + line[line.IndexOf(';', StringComparison.Ordinal)..]
                : IsProgress(line) ? line[..line.LastIndexOf("  ", StringComparison.Ordinal)]
                : line;
            text.Append(normal).Append('\n');
        }

        return text.ToString();
    }
}
