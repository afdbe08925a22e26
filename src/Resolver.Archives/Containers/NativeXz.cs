using System.Runtime.InteropServices;

namespace Resolver.Archives.Containers;

/// <summary>xz and lzma by the system's liblzma, the library of <c>xz</c> itself: it takes half the time of a managed
/// decoder, and checks each block's checksum. Where it is absent, the managed one does.</summary>
internal sealed class NativeXz : ForwardStream
{
    private const string Library = "liblzma.so.5";
    private const int PieceLength = 64 << 10;

    private static readonly Lazy<bool> Present = new(() =>
        Environment.Is64BitProcess && OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, out _)
    );

    private readonly Stream source;

    // Pinned, all three: the library keeps pointers into them between calls.
    private readonly State[] state = GC.AllocateArray<State>(1, pinned: true);
    private readonly byte[] input = GC.AllocateUninitializedArray<byte>(PieceLength, pinned: true);
    private readonly byte[] output = GC.AllocateUninitializedArray<byte>(PieceLength, pinned: true);
    private int start;
    private int end;
    private Result last;
    private bool inputEnded;
    private bool isDisposed;

    /// <param name="source">Disposed with this one.</param>
    /// <param name="isXz">The .xz format, of any number of streams; else .lzma.</param>
    /// <param name="memory">Bytes that decoding may take.</param>
    public NativeXz(Stream source, bool isXz, long memory)
    {
        this.source = source;
        const uint concatenated = 8;
        var made = isXz
            ? StreamDecoder(ref state[0], (ulong)memory, concatenated)
            : AloneDecoder(ref state[0], (ulong)memory);
        if (made != Result.Ok)
            throw CorruptData.Exception("no decoder could be made");
    }

    ~NativeXz() => Dispose(disposing: false);

    private enum Result
    {
        Ok = 0,
        StreamEnd = 1,
        NoMemory = 5,
        MemoryLimit = 6,
        NoFormat = 7,
        UnknownOptions = 8,
        Corrupt = 9,
        InputEnded = 10,
    }

    /// <summary>Whether this machine has the library.</summary>
    public static bool IsPresent => Present.Value;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (start == end && last != Result.StreamEnd)
            Decode();
        var count = Math.Min(buffer.Length, end - start);
        output.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (!isDisposed)
        {
            isDisposed = true;
            End(ref state[0]);
            if (disposing)
                source.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Decode()
    {
        ref var its = ref state[0];
        if (its.InputLeft == 0 && !inputEnded)
        {
            var read = source.Read(input);
            inputEnded = read == 0;
            (its.Input, its.InputLeft) = (Marshal.UnsafeAddrOfPinnedArrayElement(input, 0), (nuint)read);
        }
        (its.Output, its.OutputLeft) = (Marshal.UnsafeAddrOfPinnedArrayElement(output, 0), PieceLength);
        const int run = 0,
            finish = 3;
        last = Code(ref its, inputEnded ? finish : run);
        (start, end) = (0, PieceLength - (int)its.OutputLeft);
        switch (last)
        {
            case Result.Ok or Result.StreamEnd:
                return;
            case Result.InputEnded when end > 0:
                last = Result.Ok; // what came out counts; the next call says that it was all
                return;
            case Result.InputEnded:
                throw new EndOfStreamException("the end is missing");
            case Result.MemoryLimit or Result.NoMemory:
                throw new ContainerException(
                    "archive-too-large",
                    "its dictionary would take more memory than may be taken"
                );
            case Result.UnknownOptions:
                throw CorruptData.Exception("it uses unknown filters");
            default:
                throw CorruptData.Exception("its data are corrupt");
        }
    }

    /// <summary><c>lzma_stream</c> on 64-bit systems (lzma/base.h).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 136)]
    private struct State
    {
        [FieldOffset(0)]
        public nint Input;

        [FieldOffset(8)]
        public nuint InputLeft;

        [FieldOffset(24)]
        public nint Output;

        [FieldOffset(32)]
        public nuint OutputLeft;
    }

#pragma warning disable SYSLIB1054 // references and numbers only: nothing is marshalled, and generated code would need unsafe blocks
    [DllImport(Library, EntryPoint = "lzma_stream_decoder")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Result StreamDecoder(ref State state, ulong memory, uint flags);

    [DllImport(Library, EntryPoint = "lzma_alone_decoder")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Result AloneDecoder(ref State state, ulong memory);

    [DllImport(Library, EntryPoint = "lzma_code")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Result Code(ref State state, int action);

    [DllImport(Library, EntryPoint = "lzma_end")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void End(ref State state);
#pragma warning restore SYSLIB1054
}
