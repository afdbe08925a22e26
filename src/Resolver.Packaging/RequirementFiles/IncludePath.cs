namespace Resolver.Packaging.RequirementFiles;

/// <summary>Paths and URLs of included files, joined and compared as texts: nothing here touches a disk.</summary>
internal static class IncludePath
{
    /// <summary>A path or URL as seen from the file that names it.</summary>
    public static string Join(string file, string path)
    {
        if (IsUrl(path))
            return path;
        if (IsUrl(file))
            return Uri.TryCreate(file, UriKind.Absolute, out var root) && Uri.TryCreate(root, path, out var joined)
                ? joined.AbsoluteUri
                : path;
        if (IsRooted(path))
            return Normalize(path);
        var slash = file.LastIndexOfAny(['/', '\\']);
        return Normalize(slash < 0 ? path : file[..(slash + 1)] + path);
    }

    /// <summary>Without <c>.</c> and without <c>..</c> after a name, so that one file has one path in a chain of
    /// includes.</summary>
    public static string Normalize(string path)
    {
        if (IsUrl(path))
            return path;
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts is [.., not ("" or "..")])
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or ".") || parts.Count == 0 && part.Length == 0)
                parts.Add(part);
        }
        return parts is [""] ? "/" : string.Join('/', parts);
    }

    public static bool IsUrl(string text) =>
        text.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    private static bool IsRooted(string path) =>
        path is ['/' or '\\', ..]
        || (path.Length > 2 && path[1] == ':' && char.IsAsciiLetter(path[0]) && path[2] is '/' or '\\');
}
