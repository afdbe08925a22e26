using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>A directory of an archive, as one run found it.</summary>
/// <param name="Path">Absolute, without links.</param>
/// <param name="Prefix">What stands before the names of its files as given, by the first way to it.</param>
/// <param name="Identity">From before it was listed; null where it must be listed again the next time.</param>
/// <param name="Row">What is kept of it, or null.</param>
/// <param name="IsKnown">Whether it is the one that was kept, so that what it holds need not be listed.</param>
/// <param name="Folders">The directories in it, and links that may lead to some.</param>
internal sealed record IndexedDirectory(
    string Path,
    string Prefix,
    byte[]? Identity,
    DirectoryRow? Row,
    bool IsKnown,
    IReadOnlyList<FolderName> Folders
)
{
    public string FileAt(string name) => Path.EndsWith('/') ? Path + name : $"{Path}/{name}";
}
