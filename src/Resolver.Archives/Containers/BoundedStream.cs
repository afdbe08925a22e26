namespace Resolver.Archives.Containers;

/// <summary>Counts what a decompressor gives and stops bombs.</summary>
internal sealed class BoundedStream(Stream inner, long compressedLength, ContainerLimits limits) : Stream
{
    private readonly long bound = Math.Min(
        limits.ExpandedBytes,
        Math.Max(limits.RatioFloor, compressedLength * limits.ExpansionRatio)
    );
    private long given;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        given += read;
        if (given > bound)
            throw new ContainerException(
                "archive-too-large",
                $"it expands to more than {bound} bytes from {compressedLength}"
            );
        return read;
    }
}
