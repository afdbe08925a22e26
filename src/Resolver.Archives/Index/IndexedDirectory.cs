namespace Resolver.Archives.Index;

/// <summary>A directory of an archive, as one run came to it.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Places">Each way the run came to it, the first first: (what stands before the names of its files as
/// given, the given directory that links may not leave).</param>
/// <param name="Identity">From before it was listed; null where it must be listed again the next time.</param>
/// <param name="Row">What is kept of it, or null.</param>
/// <param name="IsKnown">Whether it is the one that was kept, so that what it holds need not be listed.</param>
/// <param name="Folders">Names of the directories in it.</param>
internal sealed record IndexedDirectory(
    string Path,
    List<(string Prefix, string Root)> Places,
    byte[]? Identity,
    DirectoryRow? Row,
    bool IsKnown,
    IReadOnlyList<string> Folders
)
{
    public string FileAt(string name) => Path.EndsWith('/') ? Path + name : $"{Path}/{name}";

    /// <summary>What stands before a file's name as given, or null where it is a link out of every directory that was
    /// given.</summary>
    public string? PrefixOf(string name, bool isLink)
    {
        if (!isLink)
            return Places[0].Prefix;
        foreach (var (prefix, root) in Places)
        {
            if (Scanning.DirectoryWalk.StaysBelow(FileAt(name), root))
                return prefix;
        }
        return null;
    }
}
