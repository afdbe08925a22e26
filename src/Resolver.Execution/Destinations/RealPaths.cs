namespace Resolver.Execution.Destinations;

/// <summary>Where the files of a destination really lie, with the symbolic links of folders followed. One file has one
/// path, by whichever link it is reached. What was asked is cached: make a new one where links may have
/// changed.</summary>
/// <param name="origin">The base of the destination, absolute; it may itself be a link.</param>
internal sealed class RealPaths(string origin)
{
    private readonly string realOrigin = Path.TrimEndingDirectorySeparator(Follow(origin));
    private readonly Dictionary<string, string?> folders = new(StringComparer.Ordinal);

    /// <summary>The path below the origin without links of folders; null where it leads out of the origin.</summary>
    /// <param name="path">Absolute; nothing need exist there. A link at its end is not followed.</param>
    public string? Below(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder || !LiesIn(origin, full))
            return null;
        if (!folders.TryGetValue(folder, out var real))
            folders[folder] = real = FolderBelow(folder);
        return real is null ? null : Path.Combine(real, Path.GetFileName(full));
    }

    /// <summary>The same for a folder, which is followed itself.</summary>
    public string? FolderBelow(string folder)
    {
        var real = Follow(folder);
        return real == realOrigin ? Path.TrimEndingDirectorySeparator(origin)
            : LiesIn(realOrigin, real) ? Path.Combine(origin, Path.GetRelativePath(realOrigin, real))
            : null;
    }

    /// <summary>A path with every link in it followed; what does not exist stays as written.</summary>
    public static string Follow(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (
            var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            real = Path.Combine(real, part);
            if (
                new DirectoryInfo(real).LinkTarget is not null
                && Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target
            )
                real = Follow(target.FullName);
        }
        return real;
    }

    private static bool LiesIn(string folder, string path) =>
        path.StartsWith(
            folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );
}
