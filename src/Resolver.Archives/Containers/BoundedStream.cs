namespace Resolver.Archives.Containers;

/// <summary>Counts what a decompressor gives and stops bombs.</summary>
internal sealed class BoundedStream(Stream inner, long compressedLength, ContainerLimits limits) : ForwardStream
{
    private readonly long bound = Math.Min(
        limits.ExpandedBytes,
        Math.Max(limits.RatioFloor, compressedLength * limits.ExpansionRatio)
    );
    private long given;

    public override long Position
    {
        get => given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

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
