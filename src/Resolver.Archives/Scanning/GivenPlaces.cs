using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What given paths stand for: files, unpacked trees, directories to look through, and projects in folders
/// of archives.</summary>
internal static class GivenPlaces
{
    private const string Fragment = "#subdirectory=";

    /// <param name="paths">As given.</param>
    /// <param name="file">Called with (path on disk, path as given with <c>/</c>, subdirectory or null).</param>
    /// <param name="tree">Called with (path on disk, path as given).</param>
    /// <param name="directory">Called with (path on disk, path as given) for each that is no tree itself.</param>
    /// <exception cref="FileNotFoundException">A given path does not exist.</exception>
    public static void Visit(
        IReadOnlyList<string> paths,
        ContainerLimits limits,
        Action<string, string, string?> file,
        Action<string, string> tree,
        Action<string, string> directory
    )
    {
        foreach (var path in paths)
        {
            var shown = path.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\');
            if (File.Exists(path))
                file(path, shown, null);
            else if (Directory.Exists(path))
            {
                if (SourceProject.IsOne(new TreeFiles(path)))
                    tree(path, shown);
                else
                    directory(path, shown);
            }
            else if (
                path.LastIndexOf(Fragment, StringComparison.Ordinal) is var at and > 0
                && (File.Exists(path[..at]) || Directory.Exists(path[..at]))
            )
            {
                var subdirectory = path[(at + Fragment.Length)..].Trim('/');
                if (EntryPath.Normalize(subdirectory, limits, out var reason) is not { Length: > 0 } safe)
                    throw new FileNotFoundException(
                        $"{shown}: the subdirectory {(reason is null ? "is empty" : reason)}",
                        path
                    );
                if (File.Exists(path[..at]))
                    file(path[..at], shown[..at], safe);
                else if (Directory.Exists(Path.Combine(path[..at], safe)))
                    tree(Path.Combine(path[..at], safe), $"{shown[..at]}{Fragment}{safe}");
                else
                    throw new FileNotFoundException($"{shown}: there is no such folder", path);
            }
            else
                throw new FileNotFoundException($"{shown}: there is no such file or directory", path);
        }
    }

    /// <summary>What makes two ways to one file or tree the same: only the first counts.</summary>
    public static string Key(string path, string? subdirectory) => $"{Path.GetFullPath(path)}{Fragment}{subdirectory}";

    /// <summary>Reads an unpacked tree.</summary>
    public static Distribution ReadTree(string folder, string shown) =>
        SourceProject.Read(
            new TreeFiles(folder),
            new Distribution { Path = shown.Length > 1 ? shown.TrimEnd('/') : shown, Kind = DistributionKind.Tree }
        );

    /// <summary>The line of a directory that cannot be listed.</summary>
    public static Distribution Unreadable(string shown, string message) =>
        new()
        {
            Path = shown,
            Kind = DistributionKind.Tree,
            Problems = [new ArchiveProblem("unreadable", $"{shown}: {message}", true)],
        };

    /// <summary>In the order of their paths, the same on every machine.</summary>
    public static IEnumerable<Distribution> Ordered(IEnumerable<Distribution> distributions) =>
        distributions.OrderBy(d => d.Path, StringComparer.Ordinal).ThenBy(d => d.Problems.Count);
}
