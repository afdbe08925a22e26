using System.Diagnostics;
using Xunit;

namespace Resolver.Cli.Tests.Commands;

/// <summary>A scan that is killed leaves an index that later runs can use, whatever it was doing.</summary>
public sealed class KilledScanTests
{
    [Fact]
    public void After_scans_that_were_killed_while_writing_the_answer_is_the_one_without_an_index()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 300; i++)
            folder.Wheel($"p{i % 40}", $"{i}.0", "py3-none-any", $"p{(i + 1) % 40}>=1");
        var expected = Invocation
            .Of("scan", "-f", folder["archive"], "--no-config", "--no-cache", "--format", "json")
            .Output;

        var written = 0L;
        foreach (var size in (long[])[1, 20_000, 60_000])
        {
            using var process = ProgramProcess.Start(
                "scan",
                "-f",
                folder["archive"],
                "--no-config",
                "--cache-dir",
                folder["cache"]
            );
            // Killed as soon as so much was written, or once it is through.
            while (!process.HasExited && (written = Written(folder["cache"])) < size)
                Thread.Yield();
            process.Kill();
            process.WaitForExit();
        }

        Assert.True(written > 0);
        for (var i = 0; i < 2; i++)
        {
            var run = Invocation.Of(
                "scan",
                "-f",
                folder["archive"],
                "--no-config",
                "--cache-dir",
                folder["cache"],
                "--format",
                "json"
            );
            Assert.Equal((expected, ""), (run.Output, run.Error));
        }
    }

    private static long Written(string cache) =>
        Directory.Exists(cache)
            ? Directory
                .EnumerateFiles(cache)
                .Select(file => new FileInfo(file))
                .Sum(file => file.Exists ? file.Length : 0)
            : 0;
}
