namespace Resolver.Packaging.Metadata;

/// <summary>Paths of License-File (PEP 639, "License-File").</summary>
internal static class LicensePath
{
    /// <summary>What the path should have been, or null where it is right.</summary>
    public static string? Reject(string path)
    {
        if (path.Length == 0)
            return "a path";
        if (path.Contains('\\', StringComparison.Ordinal))
            return "'/' between the parts of the path";
        if (path.StartsWith('/') || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])))
            return "a path relative to the project's root";
        return path.Split('/').Any(part => part is "..") ? "a path inside the project, without '..'" : null;
    }
}
