namespace Resolver.Archives.Containers;

/// <summary>A decompressor whose every complaint about its bytes is an <see cref="InvalidDataException"/>: those of
/// several authors throw what they like.</summary>
/// <param name="open">Makes it at the first reading, as some read in their constructor.</param>
internal sealed class UniformErrors(Func<Stream> open) : Stream
{
    private Stream? inner;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            inner ??= open();
            return inner.Read(buffer, offset, count);
        }
        catch (Exception e)
            when (e is EndOfStreamException
                || e is not (IOException or InvalidDataException or UnauthorizedAccessException)
            )
        {
            throw new InvalidDataException(e.Message.Split('\n')[0].TrimEnd('.', '\r'), e);
        }
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner?.Dispose();
        base.Dispose(disposing);
    }
}
