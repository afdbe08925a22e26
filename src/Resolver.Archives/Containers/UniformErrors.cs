namespace Resolver.Archives.Containers;

/// <summary>A decompressor whose every complaint about its bytes is an <see cref="InvalidDataException"/>: those of
/// several authors throw what they like.</summary>
/// <param name="open">Makes it at the first reading, as some read in their constructor.</param>
internal sealed class UniformErrors(Func<Stream> open) : ForwardStream
{
    private Stream? inner;

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner?.Dispose();
        base.Dispose(disposing);
    }
}
