using Resolver.Archives.Files;
using Resolver.Packaging.Installed;

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
            if (LegacyList(project.Path) is { } list)
                return FilesOf(project, list, project.Path, destination);
            return (
                [],
                $"{project} cannot be removed, as {project.Path} has no RECORD of its files"
                    + $"{InstalledBy(project.Path)}: remove it by hand, or install elsewhere"
            );
        }
        return FilesOf(project, RecordFile.Paths(record), Path.GetDirectoryName(project.Path)!, destination);
    }

    private static (IReadOnlyList<string> Files, string? Refusal) FilesOf(
        InstalledProject project,
        IEnumerable<string> list,
        string relativeTo,
        string destination
    )
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var places = new RealPaths(destination);
        foreach (var written in list)
        {
            if (
                places.Below(Path.Combine(relativeTo, written.Replace('/', Path.DirectorySeparatorChar)))
                is not { } path
            )
                return (
                    [],
                    $"{project} cannot be removed, as its list of files names one outside {destination} "
                        + $"({Processes.TerminalText.OneLine(written)}): remove it by hand, or install elsewhere"
                );
            if (!SavedFiles.Exists(path))
                continue;
            files.Add(path);
            foreach (var bytecode in BytecodeOf(path))
                files.Add(bytecode);
        }
        return UnchangeableFolder.Of(files, destination, Path.GetDirectoryName(project.Path)!) is { } folder
            ? ([], $"{project} cannot be removed: {UnchangeableFolder.Reason(folder)}")
            : ([.. files], null);
    }

    // What pip before 23.1 wrote after 'setup.py install': paths relative to the egg-info. The list may lack some files
    // of the egg-info itself.
    private static IReadOnlyList<string>? LegacyList(string eggInfo)
    {
        var list = Path.Combine(eggInfo, "installed-files.txt");
        if (DiskFile.KindOf(list) != FileKind.Regular)
            return null;
        return
        [
            .. DiskFile
                .ReadAllText(list)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            .. Directory.EnumerateFiles(eggInfo).Select(file => Path.GetFileName(file)),
        ];
    }

    // Whoever installed it may be able to remove it.
    private static string InstalledBy(string distInfo)
    {
        var file = Path.Combine(distInfo, "INSTALLER");
        return
            DiskFile.KindOf(file) == FileKind.Regular
            && Installer.Read(DiskFile.ReadAllText(file)) is { } name
            && name != "pip"
            ? $" (installed by {Processes.TerminalText.OneLine(name)})"
            : "";
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
