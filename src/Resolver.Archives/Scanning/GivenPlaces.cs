using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What given paths stand for: files, unpacked trees, directories to look through, and projects in folders
/// of archives.</summary>
internal static class GivenPlaces
{
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
            var kind = DiskFile.KindOf(path);
            // The reader reports anything else, without opening it.
            if (
                kind is not (FileKind.Directory or FileKind.Missing)
                || DiskFile.IsLink(path) && kind == FileKind.Missing
            )
                file(path, shown, null);
            else if (kind == FileKind.Directory)
            {
                if (FolderLook.At(path) is { IsTree: true } look)
                    Trees(path, shown, look, tree);
                else
                {
                    if (FolderLook.IsLinkedElsewhere(path))
                        tree(path, shown); // which says that it cannot be read
                    directory(path, shown);
                }
            }
            else if (
                DistributionPath.Parse(path) is var place
                && place.File != path
                && DiskFile.KindOf(place.File) is FileKind.Regular or FileKind.Directory
            )
            {
                if (place.Subdirectory is null)
                {
                    Visit([place.File], limits, file, tree, directory);
                    continue;
                }
                var subdirectory = place.Subdirectory.Trim('/');
                if (EntryPath.Normalize(subdirectory, limits, out var reason) is not { Length: > 0 } safe)
                    throw new FileNotFoundException(
                        $"{shown}: the subdirectory {(reason is null ? "is empty" : reason)}",
                        path
                    );
                var shownFile = DistributionPath.Parse(shown).File;
                if (DiskFile.KindOf(place.File) == FileKind.Regular)
                    file(place.File, shownFile, safe);
                else if (Directory.Exists(Path.Combine(place.File, safe)))
                    tree(Path.Combine(place.File, safe), new DistributionPath(shownFile, safe).ToString());
                else
                    throw new FileNotFoundException($"{shown}: no such directory", path);
            }
            else
                throw new FileNotFoundException($"{shown}: no such file or directory", path);
        }
    }

    /// <summary>Tells of what a folder holds: itself where it is a tree, and its parts.</summary>
    public static void Trees(string path, string shown, FolderLook look, Action<string, string> tree)
    {
        if (look.IsTree)
            tree(path, shown);
        foreach (var part in look.Parts)
            tree(Path.Combine(path, part), DirectoryWalk.Prefix(shown) + part);
    }

    /// <summary>What makes two ways to one file or tree the same: only the first counts. A wheel is known by its name
    /// too, which links may change.</summary>
    public static string Key(string path, string? subdirectory)
    {
        var name = Path.GetFileName(path);
        var real = DiskFile.RealPath(path) ?? Path.GetFullPath(path);
        return new DistributionPath(real, subdirectory)
            + (name.EndsWith(".whl", StringComparison.OrdinalIgnoreCase) ? "\0" + name : "");
    }

    /// <summary>Reads an unpacked tree.</summary>
    public static Distribution ReadTree(string folder, string shown, ScanOptions options)
    {
        var blank = new Distribution
        {
            Path = shown.Length > 1 ? shown.TrimEnd('/') : shown,
            Kind = DistributionKind.Tree,
        };
        try
        {
            options.Step?.Invoke(folder, ReadingStep.Project);
            return SourceProject.Read(new TreeFiles(folder, shown), blank);
        }
        catch (Exception e) when (ReadingFault.IsOfOneFile(e))
        {
            return ReadingFault.Line(blank, e);
        }
    }

    /// <summary>The line of a directory that cannot be listed.</summary>
    public static Distribution Unreadable(string shown, string message) =>
        new()
        {
            Path = shown,
            Kind = DistributionKind.Tree,
            Problems = [new ArchiveProblem("unreadable", shown, message, true)],
        };

    /// <summary>In the order of their paths, the same on every machine.</summary>
    public static IEnumerable<Distribution> Ordered(IEnumerable<Distribution> distributions) =>
        distributions.OrderBy(d => d.Path, StringComparer.Ordinal).ThenBy(d => d.Problems.Count);
}
