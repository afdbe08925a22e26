using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Resolver.Benchmarks.Tests.Work;

/// <summary>Which files of a folder were opened, by whomever: the kernel tells (inotify). Linux only.</summary>
internal sealed class OpenedFiles : IDisposable
{
    private const int NonBlocking = 0x800;
    private const uint Access = 0x1,
        CloseWritten = 0x8,
        CloseRead = 0x10,
        Open = 0x20,
        OfDirectory = 0x4000_0000;

    private readonly int queue = StartQueue(NonBlocking);

    /// <param name="folder">Its own files, not those of folders below it.</param>
    public OpenedFiles(string folder)
    {
        // Reading and closing are watched so that two openings of one file never follow each other: the kernel would
        // tell of one.
        if (
            queue < 0
            || Watch(queue, Encoding.UTF8.GetBytes(folder + "\0"), Open | Access | CloseWritten | CloseRead) < 0
        )
            throw new IOException("the kernel watches no more folders");
    }

    /// <summary>Names in the order of opening, as often as it happened, since the last call.</summary>
    public List<string> Take()
    {
        var names = new List<string>();
        var buffer = new byte[64 << 10];
        for (nint length; (length = Read(queue, buffer, buffer.Length)) > 0;)
        {
            for (var at = 0; at < length;)
            {
                var mask = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at + 4));
                var nameLength = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at + 12));
                if ((mask & Open) != 0 && (mask & OfDirectory) == 0)
                    names.Add(Encoding.UTF8.GetString(buffer.AsSpan(at + 16, nameLength)).TrimEnd('\0'));
                at += 16 + nameLength;
            }
        }

        return names;
    }

    public void Dispose() => new SafeFileHandle(queue, ownsHandle: true).Dispose();

    [DllImport("libc", EntryPoint = "inotify_init1"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StartQueue(int flags);

    [
        DllImport("libc", EntryPoint = "inotify_add_watch"),
        DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)
    ]
    private static extern int Watch(int queue, byte[] path, uint mask);

    [DllImport("libc", EntryPoint = "read"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int queue, byte[] buffer, nint length);
}
