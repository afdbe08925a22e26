using Resolver.Execution.Destinations;
using Resolver.Execution.Recovery;
using Resolver.Execution.Removal;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Execution.Tests.Recovery;

/// <summary>An uninstall whose process ends after any line of its journal: whoever comes next finds all of it or
/// none.</summary>
public sealed class KilledRemovalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Wherever_it_is_killed_everything_is_there_again_or_everything_is_gone()
    {
        var interpreter = await RealPython.AskAsync();
        var destination = new InstallDestination.Target(folder["site"]);
        var names = new[] { "one", "two" }.Select(PackageName.Parse).ToHashSet();
        for (var line = 1; ; line++)
        {
            Install("one", "shared/a.py", "one.py");
            Install("two", "shared/b.py");
            Write("site/mine.py", "mine");
            var before = Content();
            var removal = new ProjectRemoval(interpreter, destination, folder["runs"])
            {
                JournalWritten = written => _ = written == line ? throw new Killed() : 0,
            };
            try
            {
                await removal.RunAsync(names, null, TestContext.Current.CancellationToken);
                Assert.Equal(["mine.py"], Content().Keys);
                Assert.True(line > 10, $"{line} lines");
                return;
            }
            catch (Killed) { }

            // As a process that is killed leaves it.
            File.WriteAllText(
                folder["site/" + PrefixLock.FileName],
                Directory.EnumerateDirectories(folder["runs"]).Max()
            );
            using (
                var held = await PrefixLock.AcquireAsync(destination.Base, null, TestContext.Current.CancellationToken)
            )
                InterruptedRun.Settle(held);

            Assert.True(
                Content().SequenceEqual(before) || Content().Keys.SequenceEqual(["mine.py"]),
                $"line {line}: {string.Join(", ", Content().Keys)}"
            );
        }
    }

    private void Install(string name, params string[] files)
    {
        foreach (var file in files)
            Write($"site/{file}", name);
        Write($"site/{name}-1.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n");
        Write(
            $"site/{name}-1.dist-info/RECORD",
            string.Concat(
                files
                    .Append($"{name}-1.dist-info/METADATA")
                    .Append($"{name}-1.dist-info/RECORD")
                    .Select(file => $"{file},,\n")
            )
        );
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], text);
    }

    private SortedDictionary<string, string> Content() =>
        new(
            Directory
                .EnumerateFiles(folder["site"], "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != PrefixLock.FileName)
                .ToDictionary(file => Path.GetRelativePath(folder["site"], file), File.ReadAllText),
            StringComparer.Ordinal
        );

    private sealed class Killed : Exception;
}
