namespace Resolver.Execution.Destinations;

/// <summary>Which files lie in the folders a run looks after, so that what a broken step left can be told from what was there.</summary>
internal static class DestinationFiles
{
    /// <summary>The folders to look after: all of the destination, or where that is the interpreter's own prefix, or a whole file system, those pip writes to.</summary>
    public static IReadOnlyList<string> Tracked(InstallDestination destination, Archives.Interpreters.Interpreter interpreter)
    {
        var whole = destination.Base;
        var isShared = whole == Path.GetPathRoot(whole) || whole == Path.GetFullPath(interpreter.Prefix) || whole is "/usr" or "/usr/local";
        return isShared ? [.. destination.SiteFolders(interpreter), destination.ScriptFolder(interpreter)] : [whole];
    }

    /// <summary>Every file in the folders, below the base, with <c>/</c>.</summary>
    public static HashSet<string> List(IReadOnlyList<string> folders, string origin) =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", Walk))
            .Select(file => Relative(origin, file))
            .Where(file => file != PrefixLock.FileName),
    ];

    /// <summary>A path below the origin, with <c>/</c>.</summary>
    public static string Relative(string origin, string file) => Path.GetRelativePath(origin, file).Replace(Path.DirectorySeparatorChar, '/');

    // Links to folders are passed over: they may lead anywhere, or in circles, and pip makes none.
    private static EnumerationOptions Walk { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
}
