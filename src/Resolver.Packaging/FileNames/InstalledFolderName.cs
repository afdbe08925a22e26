using Resolver.Packaging.Names;

namespace Resolver.Packaging.FileNames;

/// <summary>The name of the folder or file that holds an installed distribution's metadata:
/// <c>NAME-VERSION.dist-info</c> (PEP 376), or <c>.egg-info</c>.</summary>
public static class InstalledFolderName
{
    /// <summary>Whether the name says that this is no installed distribution: its part for the project is not a name
    /// (PEP 508). An interrupted pip leaves such folders: it renames what it replaces to <c>~ame-VERSION.dist-info</c>
    /// or <c>-ame-VERSION.dist-info</c>, and every pip ignores them afterwards.</summary>
    /// <param name="path">With any of the two suffixes; what has neither is no leftover.</param>
    public static bool IsLeftover(string path) => ProjectPart(path) is { } part && !PackageName.TryParse(part).Success;

    /// <summary>The project that the name stands for; null where it has another suffix or no valid name.</summary>
    public static PackageName? ProjectOf(string path) =>
        ProjectPart(path) is { } part && PackageName.TryParse(part) is { Success: true, Value: var name } ? name : null;

    private static string? ProjectPart(string path)
    {
        var file = Path.GetFileName(path.TrimEnd('/'));
        return
            file.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase)
            ? file[..file.LastIndexOf('.')].Split('-', 2)[0]
            : null;
    }
}
