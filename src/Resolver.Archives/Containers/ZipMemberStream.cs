namespace Resolver.Archives.Containers;

/// <summary>The packed bytes of one entry of a zip; the file stays open.</summary>
/// <param name="start">Where they begin in the file.</param>
/// <param name="length">How many they are said to be; the file may end before.</param>
internal sealed class ZipMemberStream(FileStream file, long start, long length) : ForwardStream
{
    private long position;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Min(count, length - position);
        if (count <= 0)
            return 0;
        file.Position = start + position;
        var read = file.Read(buffer, offset, count);
        position += read;
        return read;
    }
}
