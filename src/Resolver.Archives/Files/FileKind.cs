namespace Resolver.Archives.Files;

/// <summary>What a path leads to once every link is followed.</summary>
public enum FileKind
{
    /// <summary>Nothing: no such entry, a link leads nowhere or in a cycle, or it may not be
    /// looked at.</summary>
    Missing,

    /// <summary>A regular file, the only kind that is ever opened.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A named pipe: whoever opens one waits for a writer.</summary>
    Pipe,

    /// <summary>A character or block device: it may have no end.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,
}

/// <summary>Words for <see cref="FileKind"/>.</summary>
public static class FileKindText
{
    /// <summary>With its article, such as <c>a named pipe</c>.</summary>
    public static string Text(this FileKind kind) =>
        kind switch
        {
            FileKind.Missing => "nothing",
            FileKind.Regular => "a file",
            FileKind.Directory => "a directory",
            FileKind.Pipe => "a named pipe",
            FileKind.Device => "a device",
            FileKind.Socket => "a socket",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
