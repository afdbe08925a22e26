using System.Diagnostics;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Execution.Tests.Recovery;

/// <summary>As <see cref="KillTests"/>, with the real pip and the quickstart's batch: one moment, with
/// <c>RESOLVER_LONG</c> ten.</summary>
public sealed class RealKillTests : IDisposable
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RESOLVER_LONG") is { Length: > 0 };

    private readonly TemporaryFolder folder = new();
    private string kind = "";

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Pip")]
    [InlineData("PipAndHooks")]
    public void Killed_with_the_real_pip_and_resumed_it_equals_an_uninterrupted_run_and_undone_the_prefix_before(
        string kind
    )
    {
        Python.RequirePip();
        this.kind = kind;
        File.WriteAllBytes(folder["plan.json"], PlanJson.Write(Batch()));
        var watch = Stopwatch.StartNew();
        Start("run", folder["plan.json"], null);
        var (expected, duration) = (Contents(), watch.Elapsed);
        Assert.Contains(
            expected.Keys,
            path =>
                path.EndsWith("/poster.py", StringComparison.Ordinal)
                || path.Contains("/poster-1.0.dist-info/", StringComparison.Ordinal)
        );
        Start("undo", StateFolder.All(folder["runs"])[0], null);
        Assert.Empty(Contents());
        var random = new Random(20261125);

        for (var attempt = 0; attempt < (IsLong ? 10 : 1); attempt++)
        {
            // Where wheels are kept from before, there is less to be interrupted.
            Directory.Delete(folder["wheels"], recursive: true);
            Directory.Delete(folder["runs"], recursive: true);
            Start("run", folder["plan.json"], duration * (IsLong ? 0.1 + (0.9 * random.NextDouble()) : 0.6));
            if (StateFolder.All(folder["runs"]) is not [var run])
                continue;

            Start("resume", run, null);

            Assert.Equal(expected, Contents());
            Start("undo", run, null);
            Assert.Empty(Contents());
        }
    }

    private static Plan Batch()
    {
        string At(string name) => Path.Combine(Repository.Quickstart, "batch", name);
        return new ToyPlan()
            .InStage(1)
            .Install(At("tinybuild-2.0.tar.gz"), "tinybuild", "2.0")
            .InStage(2)
            .Install(At("inkpot-0.9.zip"), "inkpot", "0.9", build: "tinybuild")
            .InStage(2)
            .Install(At("letters-1.1.tar.gz"), "letters", "1.1", build: "tinybuild>=1.1")
            .InStage(2)
            .Install(
                At("letter_stamp-1.0.tar.bz2"),
                "letter-stamp",
                "1.0",
                build: "tinybuild>=1.0",
                run: "letters>=1.0"
            )
            .InStage(3)
            .Install(
                At("poster-1.0.tar.gz"),
                "poster",
                "1.0",
                build: "tinybuild>=1.1;letter-stamp",
                run: "letters>=1.0,<2"
            )
            .Plan();
    }

    // Bytecode aside; a RECORD lists it, with no hash.
    private SortedDictionary<string, string> Contents() =>
        new(
            Directory.Exists(folder["a prefix"])
                ? Directory
                    .EnumerateFiles(folder["a prefix"], "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetExtension(file) != ".pyc")
                    .ToDictionary(file => Path.GetRelativePath(folder["a prefix"], file), File.ReadAllText)
                : [],
            StringComparer.Ordinal
        );

    private void Start(string action, string what, TimeSpan? killAfter)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Resolver.Execution.Host.dll"),
                action,
                folder.Path,
                what,
                "0",
                kind,
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (killAfter is { } time && !process.WaitForExit(time))
            process.Kill();
        process.WaitForExit();
        if (killAfter is null)
            Assert.True(process.ExitCode == 0, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }
}
