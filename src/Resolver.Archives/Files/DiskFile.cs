using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Resolver.Archives.Files;

/// <summary>Files on disk by paths that may be links, may lead to anything, and may not be UTF-8
/// (<see cref="PathBytes"/>).</summary>
public static class DiskFile
{
    /// <summary>What the path leads to.</summary>
    public static FileKind KindOf(string path)
    {
        if (FileStatus.TryRead(path, followLinks: true, out var status))
            return status?.Kind ?? FileKind.Missing;
        return Directory.Exists(path) ? FileKind.Directory
            : File.Exists(path) ? FileKind.Regular
            : FileKind.Missing;
    }

    /// <summary>Whether the entry itself is a link.</summary>
    public static bool IsLink(string path) =>
        FileStatus.TryRead(path, followLinks: false, out var status)
            ? status?.IsLink == true
            : new FileInfo(path).LinkTarget is not null;

    /// <summary>The absolute path without links, which is one for all ways to a file or directory; null where it leads
    /// nowhere.</summary>
    public static string? RealPath(string path)
    {
        if (NativeFiles.AreThere)
            return NativeFiles.RealPath(path);
        if (KindOf(path) == FileKind.Missing)
            return null;
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return (info.ResolveLinkTarget(returnFinalTarget: true) ?? info).FullName;
    }

    /// <summary>Whether this process may make and delete entries of a directory: by its rights, and where the file
    /// system may be written. True also where nobody can tell before it is tried (other systems than Linux).</summary>
    public static bool MayChange(string folder) => !NativeFiles.AreThere || NativeFiles.MayChange(folder);

    /// <summary>Opens a regular file for reading from its beginning to its end.</summary>
    /// <exception cref="IOException">It is none, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path)
    {
        // Nobody opens a pipe, a device or a socket by looking at it: the first may block, the second never end.
        if (KindOf(path) is var kind and not (FileKind.Regular or FileKind.Missing))
            throw new IOException($"it is {kind.Text()}, not a file");
        if (NativeFiles.AreThere && PathBytes.AreEscaped(path))
        {
#pragma warning disable CA2000 // the stream closes the handle
            return new FileStream(NativeFiles.Open(path), FileAccess.Read, bufferSize: 0);
#pragma warning restore CA2000
        }
        return new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0,
            FileOptions.SequentialScan
        );
    }

    /// <summary>Reads an input file of the user: a regular file, or what a shell hands over as one (<c>&lt;(…)</c>,
    /// standard input).</summary>
    /// <param name="mostBytes">No more is ever read: a device may have no end.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is no such file, is longer, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAllBytes(string path, int mostBytes = MostInputBytes)
    {
        var kind = KindOf(path);
        if (kind == FileKind.Missing)
            throw new FileNotFoundException("no such file", path);
        if (kind == FileKind.Directory)
            throw new UnauthorizedAccessException("it is a directory, not a file");
        // A pipe that is handed over is open already: opening it again does not wait.
        if (kind != FileKind.Regular && !IsHandedOver(path))
            throw new IOException($"it is {kind.Text()}, not a file");
        using var file =
            kind == FileKind.Regular
                ? OpenRead(path)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        // A regular file says how long it is, so that it is rarely copied.
        return ReadAll(file, kind == FileKind.Regular ? (int)Math.Min(file.Length, mostBytes) : 0, mostBytes);
    }

    /// <summary>Reads standard input from where it stands to its end.</summary>
    /// <param name="mostBytes">No more is ever read.</param>
    /// <exception cref="IOException">It is longer, or cannot be read.</exception>
    public static byte[] ReadStandardInput(int mostBytes = MostInputBytes)
    {
        // Not the runtime's console stream, which edits lines on a terminal, and not /dev/stdin, which cannot be opened
        // where it is a socket or belongs to another user.
        if (OperatingSystem.IsWindows())
        {
            using var console = Console.OpenStandardInput();
            return ReadAll(console, 0, mostBytes);
        }
        if (IsStandardInputClosed())
            throw new IOException("standard input is closed");
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return ReadAll(stream, 0, mostBytes);
    }

    /// <summary>Whether this process was started without standard input, so that its number went to a file of the
    /// runtime's own: reading that would never end. What a process inherits is never closed on exec.</summary>
    private static bool IsStandardInputClosed()
    {
        const int CloseOnExec = 0x80000; // O_CLOEXEC on Linux
        const string Flags = "flags:";
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return File.ReadLines("/proc/self/fdinfo/0")
                .Where(line => line.StartsWith(Flags, StringComparison.Ordinal))
                .Any(line => (Convert.ToInt32(line[Flags.Length..].Trim(), 8) & CloseOnExec) != 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is FileNotFoundException && Directory.Exists("/proc/self/fdinfo");
        }
    }

    private static byte[] ReadAll(Stream file, int capacity, int mostBytes)
    {
        var bytes = new MemoryStream(capacity);
        var piece = new byte[64 << 10];
        for (int read; (read = file.Read(piece)) > 0;)
        {
            if (bytes.Length + read > mostBytes)
                throw new IOException($"it is longer than {mostBytes} bytes");
            bytes.Write(piece, 0, read);
        }
        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    /// <summary>The most bytes of an input file by default: far more than any requirement file, lock or plan
    /// has.</summary>
    public const int MostInputBytes = 256 << 20;

    /// <summary>As <see cref="ReadAllBytes"/>, as UTF-8 with or without a byte order mark.</summary>
    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Whether a path means what a shell hands over in place of a file: it has no folder, and is read once.
    /// </summary>
    public static bool IsHandedOver(string path) =>
        path is "/dev/stdin"
        || path.StartsWith("/dev/fd/", StringComparison.Ordinal)
        || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal);
}
