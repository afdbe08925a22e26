using System.Collections.Concurrent;
using Resolver.Archives.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>Finds and reads distributions. Reads metadata only; runs nothing; writes nothing.</summary>
public static class ArchiveScanner
{
    /// <summary>Everything below the given paths, in the order of their paths (ordinal), the same on every machine.
    /// A path is a file, an unpacked tree (it has pyproject.toml, setup.py, setup.cfg or PKG-INFO), a directory that
    /// holds such things (read recursively), or <c>FILE#subdirectory=REL</c>.</summary>
    /// <remarks>In a directory only files with the suffix of an archive count; a file that is given by name is always
    /// one. Links are followed, and each real file and directory counts once: where it lies, or else by the first link
    /// to it. Only regular files are opened.</remarks>
    /// <exception cref="FileNotFoundException">A given path does not exist.</exception>
    public static IReadOnlyList<Distribution> Scan(
        IReadOnlyList<string> paths,
        ScanOptions options,
        CancellationToken cancellation = default
    )
    {
        var work = new List<Func<IReadOnlyList<Distribution>>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        GivenPlaces.Visit(
            paths,
            options.Limits,
            AddFile,
            AddTree,
            (folder, shown) =>
                DirectoryWalk.Below(
                    folder,
                    shown,
                    AddFile,
                    AddTree,
                    (unreadable, message) => work.Add(() => [GivenPlaces.Unreadable(unreadable, message)])
                )
        );

        options.Found?.Invoke(work.Count);
        var found = new ConcurrentBag<Distribution>();
        Parallel.ForEach(
            Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Max(1, options.Jobs),
                CancellationToken = cancellation,
            },
            read =>
            {
                foreach (var distribution in read())
                    found.Add(distribution);
                options.Progress?.Invoke();
            }
        );
        return Conflicts.Mark([.. GivenPlaces.Ordered(found)]);

        void AddFile(string file, string shown, string? subdirectory)
        {
            if (seen.Add(GivenPlaces.Key(file, subdirectory)))
                work.Add(() => ArchiveFileReader.Read(file, shown, subdirectory, options, cancellation));
        }

        void AddTree(string folder, string shown)
        {
            if (seen.Add(GivenPlaces.Key(folder, null)))
                work.Add(() => [GivenPlaces.ReadTree(folder, shown, options)]);
        }
    }

    /// <summary>The files with the suffix of an archive below a directory, as (path on disk, path as given), in the
    /// order of a walk.</summary>
    public static IReadOnlyList<(string Path, string Shown)> FilesBelow(string folder)
    {
        var files = new List<(string, string)>();
        DirectoryWalk.Below(folder, folder, (path, shown, _) => files.Add((path, shown)), (_, _) => { }, (_, _) => { });
        return files;
    }
}
