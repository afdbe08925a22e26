namespace Resolver.Execution.Destinations;

/// <summary>Files taken out of a destination, kept in the run's directory under their paths below the destination's
/// base, so that they can be put back. Every operation may be stopped anywhere and done again.</summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="origin">The base of the destination.</param>
internal sealed class SavedFiles(string folder, string origin)
{
    private const string Unfinished = ".resolver-part";

    /// <summary>Copies files; what is kept already stays as it is.</summary>
    /// <param name="files">Below the origin, with <c>/</c>; those that are not there are passed over.</param>
    public void Save(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            var (source, copy) = (Path.Combine(origin, file), Path.Combine(folder, file));
            if (Exists(source) && !Exists(copy))
                Copy(source, copy);
        }
    }

    /// <summary>Deletes what is kept of these files.</summary>
    public void Forget(IReadOnlyList<string> files)
    {
        foreach (var copy in files.Select(file => Path.Combine(folder, file)).Where(Exists))
            File.Delete(copy);
    }

    /// <summary>Deletes files, and the folders left empty.</summary>
    /// <param name="files">Below the origin; those that are not there are passed over. What ends with <c>/</c> is a
    /// folder, which goes where it is empty.</param>
    /// <param name="keep">Absolute folders that stay even where empty.</param>
    public void Delete(IReadOnlyList<string> files, IReadOnlyList<string> keep)
    {
        var kept = keep.Append(origin).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!DestinationFiles.IsFolder(file) && Directory.Exists(Path.GetDirectoryName(Path.Combine(origin, file))))
                File.Delete(Path.Combine(origin, file));
        }
        foreach (
            var folder in files
                .Select(file => Path.GetDirectoryName(Path.Combine(origin, file))!)
                .Distinct(StringComparer.Ordinal)
        )
            DeleteEmptyFolders(folder, kept);
    }

    /// <summary>Puts files back where they were; those that are not kept are passed over.</summary>
    public void Restore(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            if (Exists(Path.Combine(folder, file)))
                Copy(Path.Combine(folder, file), Path.Combine(origin, file));
        }
    }

    /// <summary>Whether there is a file or a link of this path.</summary>
    public static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static void DeleteEmptyFolders(string path, HashSet<string> kept)
    {
        // A link to a folder is never one that a step made: pip makes none.
        while (
            !kept.Contains(path)
            && new DirectoryInfo(path).LinkTarget is null
            && !(Directory.Exists(path) && HoldsSomething(path, kept))
        )
        {
            if (Directory.Exists(path))
                DeleteFolders(path);
            path = Path.GetDirectoryName(path)!;
        }
    }

    // Empty folders in it are nothing, unless they are to stay.
    private static bool HoldsSomething(string folder, HashSet<string> kept) =>
        new DirectoryInfo(folder)
            .EnumerateFileSystemInfos()
            .Any(entry =>
                entry is not DirectoryInfo { LinkTarget: null }
                || kept.Contains(entry.FullName)
                || HoldsSomething(entry.FullName, kept)
            );

    // Never recursively: what someone puts there now stays.
    private static void DeleteFolders(string folder)
    {
        foreach (var inner in Directory.EnumerateDirectories(folder))
            DeleteFolders(inner);
        Directory.Delete(folder);
    }

    // Beside its place first: a process that dies in between leaves the old file or the new one, never half of one.
    private static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        if (new FileInfo(source).LinkTarget is { } link)
        {
            // It cannot be moved into place: a move looks at what it leads to.
            if (new FileInfo(destination).LinkTarget == link)
                return;
            File.Delete(destination);
            File.CreateSymbolicLink(destination, link);
            return;
        }
        var unfinished = destination + Unfinished;
        File.Delete(unfinished);
        File.Copy(source, unfinished);
        File.SetLastWriteTimeUtc(unfinished, File.GetLastWriteTimeUtc(source)); // bytecode is valid by its source's time
        File.Move(unfinished, destination, overwrite: true);
    }
}
