using Resolver.Archives.Files;

namespace Resolver.Execution.Destinations;

/// <summary>Which files go when a distribution is replaced or uninstalled: those its RECORD lists, and their
/// bytecode. pip, told <c>--ignore-installed</c>, removes nothing: a second version would leave two dist-infos, and
/// modules of both.</summary>
internal static class Uninstallation
{
    /// <summary>The files to remove, or why the distribution cannot be removed safely.</summary>
    /// <param name="project">What is to go.</param>
    /// <param name="destination">The base everything must lie below, absolute.</param>
    public static (IReadOnlyList<string> Files, string? Refusal) FilesOf(InstalledProject project, string destination)
    {
        var record = Path.Combine(project.Path, "RECORD");
        if (!RecordFile.IsThere(record))
        {
            if (IsLeftover(project.Path))
                return ([.. Directory.EnumerateFiles(project.Path, "*", SearchOption.AllDirectories)], null);
            return (
                [],
                $"{project} cannot be removed, as {project.Path} has no RECORD of its files: remove it by hand, or install elsewhere"
            );
        }

        var site = Path.GetDirectoryName(project.Path)!;
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var places = new RealPaths(destination);
        foreach (var written in RecordFile.Paths(record))
        {
            if (places.Below(Path.Combine(site, written.Replace('/', Path.DirectorySeparatorChar))) is not { } path)
                return (
                    [],
                    $"{project} cannot be removed, as its RECORD names a file outside {destination} ({Processes.TerminalText.OneLine(written)}): remove it by hand, or install elsewhere"
                );
            if (!SavedFiles.Exists(path))
                continue;
            files.Add(path);
            foreach (var bytecode in BytecodeOf(path))
                files.Add(bytecode);
        }
        return ([.. files], null);
    }

    // What an installer that was killed left behind. It counts as installed for nobody, and nothing but the folder
    // itself is known to belong to it.
    private static bool IsLeftover(string distInfo) =>
        Directory.Exists(distInfo)
        && !DiskFile.IsLink(distInfo)
        && DiskFile.KindOf(Path.Combine(distInfo, "METADATA")) == FileKind.Missing
        && DiskFile.KindOf(Path.Combine(distInfo, "PKG-INFO")) == FileKind.Missing;

    /// <summary>By the names, and by where the folders really are: a linked folder inside a prefix may lead out of
    /// it.</summary>
    internal static bool LiesBelow(string path, string destination) =>
        new RealPaths(destination).Below(path) is not null;

    /// <summary>The compiled forms of a module, of every Python.</summary>
    internal static IEnumerable<string> BytecodeOf(string path)
    {
        if (Path.GetExtension(path) != ".py")
            return [];
        var cache = Path.Combine(Path.GetDirectoryName(path)!, "__pycache__");
        return Directory.Exists(cache)
            ? Directory.EnumerateFiles(cache, Path.GetFileNameWithoutExtension(path) + ".*.pyc")
            : [];
    }
}
