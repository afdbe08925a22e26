using System.IO.Enumeration;

namespace Resolver.Archives.Files;

/// <summary>An entry of a directory.</summary>
/// <param name="Name">As <see cref="PathBytes"/> writes it.</param>
/// <param name="IsDirectory">Whether it is a directory, links followed.</param>
/// <param name="IsLink">Whether it is a link.</param>
internal readonly record struct DirectoryEntry(string Name, bool IsDirectory, bool IsLink);

/// <summary>Lists directories, names that are not UTF-8 included.</summary>
internal static class DirectoryEntries
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Whether an entry is wanted.</summary>
    public delegate bool Wants(ReadOnlySpan<char> name, bool isDirectory, bool isLink);

    /// <summary>The entries that are wanted, in no order.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
    public static List<DirectoryEntry> Of(string folder, Wants wants)
    {
        if (NativeFiles.AreThere && PathBytes.AreEscaped(folder))
            return Natively(folder, wants);
        // The kind of an entry comes with its name: of the many files nothing is asked.
        var found = new FileSystemEnumerable<DirectoryEntry>(
            folder,
            (ref entry) => new(entry.FileName.ToString(), entry.IsDirectory, IsLink(ref entry)),
            Everything
        )
        {
            ShouldIncludePredicate = (ref entry) => wants(entry.FileName, entry.IsDirectory, IsLink(ref entry)),
        };
        var entries = found.ToList();
        // What the runtime could not decode it writes as U+FFFD: then the names are requested again, as bytes.
        return NativeFiles.AreThere && entries.Exists(entry => entry.Name.Contains('\uFFFD', StringComparison.Ordinal))
            ? Natively(folder, wants)
            : entries;

        static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
    }

    private static List<DirectoryEntry> Natively(string folder, Wants wants)
    {
        var entries = new List<DirectoryEntry>();
        foreach (var name in NativeFiles.Names(folder))
        {
            var path = Path.Combine(folder, name);
            var entry = new DirectoryEntry(name, DiskFile.KindOf(path) == FileKind.Directory, DiskFile.IsLink(path));
            if (wants(name, entry.IsDirectory, entry.IsLink))
                entries.Add(entry);
        }
        return entries;
    }
}
