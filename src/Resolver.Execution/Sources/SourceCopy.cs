namespace Resolver.Execution.Sources;

/// <summary>Copies an unpacked tree, so that a backend writes into the copy and not into what the user has.</summary>
internal static class SourceCopy
{
    /// <param name="tree">A folder.</param>
    /// <param name="folder">Exists and is empty.</param>
    /// <returns><paramref name="folder"/>.</returns>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    public static string Make(string tree, string folder, CancellationToken cancellation)
    {
        Copy(tree, folder, Path.TrimEndingDirectorySeparator(Path.GetFullPath(tree)), cancellation);
        return folder;
    }

    private static void Copy(string from, string folder, string root, CancellationToken cancellation)
    {
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            cancellation.ThrowIfCancellationRequested();
            var copy = Path.Combine(folder, entry.Name);
            switch (entry)
            {
                case { LinkTarget: { } target }:
                    CopyLink(entry, target, root, copy);
                    break;
                case DirectoryInfo { Name: "__pycache__" }:
                    break;
                case DirectoryInfo:
                    Directory.CreateDirectory(copy);
                    Copy(entry.FullName, copy, root, cancellation);
                    break;
                // A pipe or a device has no length, and would block whoever opens it.
                case FileInfo { Length: > 0 } file:
                    file.CopyTo(copy);
                    break;
                default:
                    File.Create(copy).Dispose();
                    break;
            }
        }
    }

    // A link within the tree leads within the copy; one that leads out of it is as its owner wants it.
    private static void CopyLink(FileSystemInfo link, string target, string root, string copy)
    {
        var place = Path.GetDirectoryName(link.FullName)!;
        var full = Path.GetFullPath(target, place);
        var leads = full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetRelativePath(place, full)
            : full;
        if (link is DirectoryInfo)
            Directory.CreateSymbolicLink(copy, leads);
        else
            File.CreateSymbolicLink(copy, leads);
    }
}
