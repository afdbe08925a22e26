namespace Resolver.Archives.Containers;

/// <summary>The folder a container is unpacked into. Paths are safe already (<see cref="EntryPath"/>); here it is
/// seen to that no link stands in their way.</summary>
/// <param name="root">Exists.</param>
internal sealed class UnpackedFolder(string root)
{
    private const int MostHops = 8;

    private readonly Dictionary<string, (string? Target, bool IsSymbolic)> links = new(StringComparer.Ordinal);

    /// <summary>Makes a folder and those above it.</summary>
    /// <exception cref="ContainerException">A file is where a folder should be.</exception>
    public void Folder(string path)
    {
        links.Remove(path);
        var full = Full(path);
        if (System.IO.File.Exists(full))
            throw new ContainerException("archive-corrupt", $"{path} is both a file and a folder in it");
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (IOException e) when (Above(path).Any(each => System.IO.File.Exists(Full(each))))
        {
            throw new ContainerException("archive-corrupt", $"{path} lies below a file", e);
        }
    }

    /// <summary>A new file, in place of an earlier entry of the same path.</summary>
    public FileStream File(string path, UnixFileMode mode)
    {
        links.Remove(path);
        if (path.LastIndexOf('/') is var slash and > 0)
            Folder(path[..slash]);
        var full = Full(path);
        if (Directory.Exists(full))
            throw new ContainerException("archive-corrupt", $"{path} is both a file and a folder in it");
        System.IO.File.Delete(full);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        return new FileStream(full, options);
    }

    /// <summary>Remembers a link.</summary>
    /// <param name="target">Safe path inside the container, or null where it leads outside: then it is passed over,
    /// as nothing that unpacks safely would make it.</param>
    /// <param name="isSymbolic">Whether it is no other name of a file (hard).</param>
    public void Link(string path, string? target, bool isSymbolic) => links[path] = (target, isSymbolic);

    /// <summary>Makes the links that lead to something: symbolic links, which some backends pass over, as such; copies
    /// in place of hard links, and of symbolic links to files where the system makes them only for some
    /// users.</summary>
    public void MakeLinks()
    {
        foreach (var (path, (_, isSymbolic)) in links.OrderBy(link => link.Key, StringComparer.Ordinal))
        {
            var full = Full(path);
            if (Final(path) is not { } target || System.IO.Path.Exists(full) || !IsReal(path) || !IsReal(target))
                continue;
            if (path.LastIndexOf('/') is var slash and > 0)
                Directory.CreateDirectory(Full(path[..slash]));
            var leads = System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(full)!, Full(target));
            if (Directory.Exists(Full(target)))
                Directory.CreateSymbolicLink(full, leads);
            else if (!System.IO.File.Exists(Full(target)))
                continue;
            else if (isSymbolic && !OperatingSystem.IsWindows())
                System.IO.File.CreateSymbolicLink(full, leads);
            else
                System.IO.File.Copy(Full(target), full);
        }
    }

    /// <summary>Where a link leads in the end, by the names in the container; null where that is nowhere, or a
    /// cycle.</summary>
    private string? Final(string path)
    {
        for (var hops = 0; hops < MostHops; hops++)
        {
            if (!links.TryGetValue(path, out var link))
                return path;
            if (link.Target is not { } target)
                return null;
            path = target;
        }
        return null;
    }

    /// <summary>Whether no folder above is a link: what a path says by its names is then where it is.</summary>
    private bool IsReal(string path) =>
        Above(path)
            .All(above =>
                new DirectoryInfo(Full(above)) is var folder
                && folder.LinkTarget is null
                && !System.IO.File.Exists(folder.FullName)
            );

    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    private string Full(string path) => System.IO.Path.Combine(root, path);
}
