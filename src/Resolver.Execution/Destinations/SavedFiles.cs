namespace Resolver.Execution.Destinations;

/// <summary>Files taken out of a destination, kept in the run's directory under their paths below the destination's base, so that they can be put back.</summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="origin">The base of the destination.</param>
internal sealed class SavedFiles(string folder, string origin)
{
    private readonly List<string> relativePaths = [];

    /// <summary>Copies all first, then deletes them and the folders left empty: whoever is stopped in between has lost nothing.</summary>
    /// <param name="files">Absolute, below the origin.</param>
    /// <param name="keep">Folders that stay even where empty.</param>
    public void Take(IReadOnlyList<string> files, IReadOnlyList<string> keep)
    {
        foreach (var file in files)
        {
            var relative = Path.GetRelativePath(origin, file);
            Copy(file, Path.Combine(folder, relative));
            relativePaths.Add(relative);
        }
        var kept = keep.Append(origin).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files) File.Delete(file);
        foreach (var file in files) DeleteEmptyFolders(Path.GetDirectoryName(file)!, kept);
    }

    /// <summary>Puts everything back where it was.</summary>
    public void Restore()
    {
        foreach (var relative in relativePaths) Copy(Path.Combine(folder, relative), Path.Combine(origin, relative));
    }

    private static void DeleteEmptyFolders(string path, HashSet<string> kept)
    {
        while (!kept.Contains(path) && Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
            path = Path.GetDirectoryName(path)!;
        }
    }

    private static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        var link = new FileInfo(source).LinkTarget;
        if (link is not null)
        {
            File.Delete(destination);
            File.CreateSymbolicLink(destination, link);
            return;
        }
        File.Copy(source, destination, overwrite: true);
        File.SetLastWriteTimeUtc(destination, File.GetLastWriteTimeUtc(source)); // bytecode is valid by its source's time
    }
}
