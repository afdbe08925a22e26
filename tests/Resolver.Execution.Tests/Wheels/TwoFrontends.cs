using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Interpreters;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Execution.Tests.Wheels;

/// <summary>A source archive that is built by pip or by hooks, each time for a new prefix.</summary>
internal sealed class TwoFrontends(Interpreter interpreter) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<PaxTarEntry> entries = [];
    private int runs;

    public string this[params string[] parts] => folder[parts];

    public ExecutionOptions Options { get; set; } =
        new()
        {
            CallerEnvironment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/",
                // Debug information names the folder of a build, which is random with pip.
                ["CFLAGS"] = "-g0",
            },
        };

    /// <summary>Adds a file to the archive.</summary>
    /// <param name="mode">Read and written by its owner, read by others, where nothing is said.</param>
    public TwoFrontends With(string path, string text, UnixFileMode mode = (UnixFileMode)0b110_100_100)
    {
        entries.Add(
            new PaxTarEntry(TarEntryType.RegularFile, $"app-1.2/{path}")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                Mode = mode,
                ModificationTime = DateTimeOffset.UnixEpoch.AddSeconds(1_600_000_000.25 + entries.Count),
            }
        );
        return this;
    }

    /// <summary>Adds a symbolic link to the archive.</summary>
    public TwoFrontends WithLink(string path, string target)
    {
        entries.Add(new PaxTarEntry(TarEntryType.SymbolicLink, $"app-1.2/{path}") { LinkName = target });
        return this;
    }

    /// <summary>Writes the archive.</summary>
    /// <returns>Its path.</returns>
    public string Archive()
    {
        var path = folder["app-1.2.tar.gz"];
        using var packed = new GZipStream(File.Create(path), CompressionMode.Compress);
        using var tar = new TarWriter(packed);
        foreach (var entry in entries)
        {
            tar.WriteEntry(entry);
            if (entry.DataStream is { } content)
                content.Position = 0;
        }
        return path;
    }

    /// <summary>Builds and installs app 1.2.</summary>
    /// <param name="source">Null for the archive.</param>
    /// <returns>How it ended, and the wheel where there is one.</returns>
    public async Task<(ExecutionOutcome Outcome, string? Wheel)> BuildAsync(
        BuildFrontend frontend,
        string? source = null
    )
    {
        var place = folder[$"run {++runs}"];
        var executor = new PlanExecutor(
            interpreter,
            await PipFrontend.FindAsync(interpreter),
            new InstallDestination.Prefix(Path.Combine(place, "prefix")),
            Options with
            {
                RunsFolder = Path.Combine(place, "runs"),
                WheelFolder = Path.Combine(place, "wheels"),
                BuildFrontend = frontend,
            }
        );
        var outcome = await executor.RunAsync(
            new ToyPlan().Install(source ?? Archive(), "app", "1.2").Plan(),
            null,
            null,
            TestContext.Current.CancellationToken
        );
        var wheels = Directory.Exists(place) ? Directory.GetFiles(place, "*.whl", SearchOption.AllDirectories) : [];
        return (outcome, wheels is [var wheel] ? wheel : null);
    }

    /// <summary>Builds with both, and says that both made the same wheel.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> AssertSameAsync(string? source = null)
    {
        var (outcome, wheel) = await BuildAsync(BuildFrontend.Pip, source);
        Assert.True(wheel is not null, Said(outcome));
        var (other, direct) = await BuildAsync(BuildFrontend.Hooks, source);
        Assert.True(direct is not null, Said(other));
        Assert.Equal(Path.GetFileName(wheel), Path.GetFileName(direct));
        Assert.Equal(Entries(wheel), Entries(direct));
        Assert.Equal(File.ReadAllBytes(wheel), File.ReadAllBytes(direct));
        Assert.IsType<ExecutionOutcome.Completed>(other);
        return direct;
    }

    public void Dispose() => folder.Dispose();

    private static string Said(ExecutionOutcome outcome) =>
        outcome is ExecutionOutcome.StepFailed failed
            ? $"{failed.Reason}\n{string.Join('\n', failed.LogTail)}"
            : outcome.ToString();

    private static List<string> Entries(string wheel)
    {
        using var zip = ZipFile.OpenRead(wheel);
        return
        [
            .. zip.Entries.Select(each =>
                $"{each.FullName} {each.Crc32} {each.ExternalAttributes} {each.LastWriteTime}"
            ),
        ];
    }
}
