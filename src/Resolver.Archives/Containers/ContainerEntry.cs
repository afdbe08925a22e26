namespace Resolver.Archives.Containers;

/// <summary>What an entry of a container is.</summary>
public enum EntryKind
{
    File,
    Directory,

    /// <summary>A symbolic or hard link; never followed on disk, at most looked up by name inside the
    /// container.</summary>
    Link,

    /// <summary>A device, a pipe, a socket, or something this reader does not know.</summary>
    Special,
}

/// <summary>One entry of a container, its path already made safe.</summary>
/// <param name="Path">Relative, with <c>/</c>, without empty parts, <c>.</c> or <c>..</c>; see
/// <see cref="EntryPath"/>.</param>
/// <param name="Size">Bytes of the content; 0 for what has none.</param>
/// <param name="LinkTarget">Path inside the container that a link leads to, or null: no link, or a target
/// outside.</param>
public readonly record struct ContainerEntry(string Path, EntryKind Kind, long Size, string? LinkTarget = null);
