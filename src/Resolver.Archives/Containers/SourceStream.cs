using System.Security.Cryptography;

namespace Resolver.Archives.Containers;

/// <summary>The bytes of a file, read forward once: hashed as they pass, so that no second reading is needed, and
/// buffered in large pieces.</summary>
/// <remarks>Decompressors dispose what they read from; this stream owns neither the file nor the hash, and can be
/// read on after that.</remarks>
internal sealed class SourceStream(Stream file, IncrementalHash hash) : ForwardStream
{
    private const int PieceLength = 64 << 10;

    private readonly byte[] piece = new byte[PieceLength];
    private int start;
    private int end;

    /// <summary>Whether a reader requested more after the last byte: then a failure means that the file is cut, not
    /// that it is wrong.</summary>
    public bool AskedBeyondEnd { get; private set; }

    public override long Length => file.Length;
    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (start == end && !Fill())
        {
            AskedBeyondEnd = true;
            return 0;
        }
        var count = Math.Min(buffer.Length, end - start);
        piece.AsSpan(start, count).CopyTo(buffer);
        start += count;
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what is left and gives the hash of all, lower-case hex.</summary>
    public string FinishHash()
    {
        while (Fill()) { }
        start = end;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private bool Fill()
    {
        end = file.Read(piece, 0, PieceLength);
        start = 0;
        hash.AppendData(piece, 0, end);
        return end > 0;
    }
}
