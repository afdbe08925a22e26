using System.Collections.Concurrent;
using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>Finds and reads distributions. Reads metadata only; runs nothing; writes nothing.</summary>
public static class ArchiveScanner
{
    private const string Fragment = "#subdirectory=";

    /// <summary>Everything below the given paths, in the order of their paths (ordinal), the same on every machine.
    /// A path is a file, an unpacked tree (it has pyproject.toml, setup.py, setup.cfg or PKG-INFO), a directory that holds such things (read recursively), or <c>FILE#subdirectory=REL</c>.</summary>
    /// <remarks>In a directory only files with the suffix of an archive count; a file that is given by name is always one. Links to directories are not followed,
    /// and neither are links to files outside the directory that was given.</remarks>
    /// <exception cref="FileNotFoundException">A given path does not exist.</exception>
    public static IReadOnlyList<Distribution> Scan(IReadOnlyList<string> paths, ScanOptions options, CancellationToken cancellation = default)
    {
        var work = new List<Func<IReadOnlyList<Distribution>>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths) Collect(path, options, work, seen, cancellation);

        var found = new ConcurrentBag<Distribution>();
        Parallel.ForEach(
            Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Jobs), CancellationToken = cancellation },
            read =>
            {
                foreach (var distribution in read()) found.Add(distribution);
                options.Progress?.Invoke();
            });
        var ordered = found.OrderBy(d => d.Path, StringComparer.Ordinal).ThenBy(d => d.Problems.Count).ToList();
        return Conflicts.Mark(ordered);
    }

    private static void Collect(string path, ScanOptions options, List<Func<IReadOnlyList<Distribution>>> work, HashSet<string> seen, CancellationToken cancellation)
    {
        var shown = path.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\');
        if (File.Exists(path)) AddFile(path, shown, null);
        else if (Directory.Exists(path)) AddDirectory(path, shown);
        else if (path.LastIndexOf(Fragment, StringComparison.Ordinal) is var at and > 0 && (File.Exists(path[..at]) || Directory.Exists(path[..at])))
        {
            var subdirectory = path[(at + Fragment.Length)..].Trim('/');
            if (EntryPath.Normalize(subdirectory, options.Limits, out var reason) is not { Length: > 0 } safe)
                throw new FileNotFoundException($"{shown}: the subdirectory {(reason is null ? "is empty" : reason)}", path);
            if (File.Exists(path[..at])) AddFile(path[..at], shown[..at], safe);
            else if (Directory.Exists(Path.Combine(path[..at], safe))) AddTree(Path.Combine(path[..at], safe), $"{shown[..at]}{Fragment}{safe}");
            else throw new FileNotFoundException($"{shown}: there is no such folder", path);
        }
        else throw new FileNotFoundException($"{shown}: there is no such file or directory", path);

        void AddFile(string file, string name, string? subdirectory)
        {
            if (seen.Add($"{Path.GetFullPath(file)}{Fragment}{subdirectory}"))
                work.Add(() => ArchiveFileReader.Read(file, name, subdirectory, options.Limits, cancellation));
        }

        void AddTree(string folder, string name)
        {
            if (seen.Add(Path.GetFullPath(folder))) work.Add(() => [ReadTree(folder, name)]);
        }

        void AddDirectory(string folder, string name)
        {
            if (SourceProject.IsOne(new TreeFiles(folder))) AddTree(folder, name);
            else DirectoryWalk.Below(folder, name, AddFile, AddTree, (unreadable, message) =>
                work.Add(() => [new Distribution { Path = unreadable, Kind = DistributionKind.Tree, Problems = [new ArchiveProblem("unreadable", $"{unreadable}: {message}", true)] }]));
        }
    }

    private static Distribution ReadTree(string folder, string shown)
    {
        var files = new TreeFiles(folder);
        return SourceProject.Read(files, new Distribution { Path = shown.Length > 1 ? shown.TrimEnd('/') : shown, Kind = DistributionKind.Tree });
    }
}
