using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Resolver.Archives.Files;

#pragma warning disable SYSLIB1054 // references and numbers only: nothing is marshalled, and generated code would need unsafe blocks

/// <summary>The C library of Linux, for what the runtime cannot do: paths that are not UTF-8, and the kind of a file
/// before it is opened.</summary>
internal static class NativeFiles
{
    public const int CurrentDirectory = -100,
        DoNotFollowLinks = 0x100;

    private const int ReadOnly = 0,
        CloseOnExecute = 0x80000,
        LongestPath = 4096,
        NameAt = 19,
        LengthAt = 16;

    /// <summary>Whether the library can be used: entries of directories are laid out so on 64-bit Linux.</summary>
    public static bool AreThere { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        var bytes = PathBytes.Of(path);
        var handle = Open(ref bytes[0], ReadOnly | CloseOnExecute, 0);
        return handle >= 0
            ? new SafeFileHandle(handle, ownsHandle: true)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    /// <summary>The path without links, or null where it leads nowhere.</summary>
    public static string? RealPath(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            return null;
        var bytes = PathBytes.Of(path);
        var resolved = new byte[LongestPath + 1];
        return RealPath(ref bytes[0], ref resolved[0]) == 0
            ? null
            : PathBytes.Text(resolved.AsSpan(0, resolved.AsSpan().IndexOf((byte)0)));
    }

    /// <summary>Whether this process may make and delete entries of a directory.</summary>
    public static bool MayChange(string folder)
    {
        const int WriteAndSearch = 2 | 1; // W_OK, X_OK
        var bytes = PathBytes.Of(folder);
        return Access(ref bytes[0], WriteAndSearch) == 0;
    }

    /// <summary>The names in a directory, in the order in which the system has them.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    public static List<string> Names(string folder)
    {
        var bytes = PathBytes.Of(folder);
        var directory = OpenDirectory(ref bytes[0]);
        if (directory == 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        try
        {
            var names = new List<string>();
            for (nint entry; (entry = ReadDirectory(directory)) != 0;)
            {
                var name = new byte[Marshal.ReadInt16(entry, LengthAt) - NameAt];
                Marshal.Copy(entry + NameAt, name, 0, name.Length);
                var text = PathBytes.Text(name.AsSpan(0, name.AsSpan().IndexOf((byte)0)));
                if (text is not ("." or ".."))
                    names.Add(text);
            }
            return names;
        }
        finally
        {
            _ = CloseDirectory(directory);
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Status(int directory, ref byte path, int flags, uint mask, out FileStatus status);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(ref byte path, int flags, int mode);

    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(ref byte path, int mode);

    [DllImport("libc", EntryPoint = "realpath")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint RealPath(ref byte path, ref byte resolved);

    [DllImport("libc", EntryPoint = "opendir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint OpenDirectory(ref byte path);

    [DllImport("libc", EntryPoint = "readdir")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadDirectory(nint directory);

    [DllImport("libc", EntryPoint = "closedir")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseDirectory(nint directory);
}

#pragma warning restore SYSLIB1054

/// <summary>Linux's <c>statx</c>: the only form of a file's status that is laid out the same on every
/// processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    private const int BasicFields = 0x7FF,
        KindMask = 0xF000;

    [FieldOffset(28)]
    private readonly ushort mode;

    [FieldOffset(32)]
    public readonly ulong Inode;

    [FieldOffset(40)]
    public readonly ulong Size;

    [FieldOffset(96)]
    public readonly long ChangedSeconds;

    [FieldOffset(104)]
    public readonly uint ChangedNanoseconds;

    [FieldOffset(112)]
    public readonly long ModifiedSeconds;

    [FieldOffset(120)]
    public readonly uint ModifiedNanoseconds;

    [FieldOffset(136)]
    public readonly uint DeviceMajor;

    [FieldOffset(140)]
    public readonly uint DeviceMinor;

    /// <summary>Whether the entry itself is a link; requested without following links only.</summary>
    public bool IsLink => (mode & KindMask) == 0xA000;

    public FileKind Kind =>
        (mode & KindMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0x1000 => FileKind.Pipe,
            0x2000 or 0x6000 => FileKind.Device,
            0xC000 => FileKind.Socket,
            _ => FileKind.Missing,
        };

    /// <summary>Null with <c>true</c> where there is no such file; <c>false</c> where the system cannot be
    /// asked.</summary>
    public static bool TryRead(string path, bool followLinks, out FileStatus? status)
    {
        status = null;
        if (!OperatingSystem.IsLinux())
            return false;
        if (path.Contains('\0', StringComparison.Ordinal))
            return true; // the system would look at what stands before it
        var name = PathBytes.Of(path);
        try
        {
            if (
                NativeFiles.Status(
                    NativeFiles.CurrentDirectory,
                    ref name[0],
                    followLinks ? 0 : NativeFiles.DoNotFollowLinks,
                    BasicFields,
                    out var read
                ) == 0
            )
                status = read;
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library older than 2018
        }
    }
}
