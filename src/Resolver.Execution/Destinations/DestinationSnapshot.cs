namespace Resolver.Execution.Destinations;

/// <summary>Which files a destination had before a step, so that what a broken step left can be taken out again.</summary>
/// <param name="folders">The folders pip writes packages and scripts to, absolute.</param>
internal sealed class DestinationSnapshot(IReadOnlyList<string> folders)
{
    private readonly HashSet<string> before = [.. Files(folders)];

    /// <summary>The files that are there now and were not before.</summary>
    public IReadOnlyList<string> New() => [.. Files(folders).Where(file => !before.Contains(file)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Files(IReadOnlyList<string> folders) => folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", Walk)).Distinct(StringComparer.Ordinal);

    // Links are passed over: those to folders may lead anywhere, or in circles, and pip makes none.
    private static EnumerationOptions Walk { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
}
