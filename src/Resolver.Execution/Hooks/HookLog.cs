using System.Text;

namespace Resolver.Execution.Hooks;

/// <summary>The log of one question. A backend may print for ever: what comes after a bound is kept only as far as it
/// is the end, which says most.</summary>
internal sealed class HookLog(string path) : Stream
{
    private const int MostBytes = 8 << 20;
    private const int EndBytes = 64 << 10;

    private readonly FileStream file = Open(path);
    private readonly byte[] end = new byte[EndBytes];
    private long beyond;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => file.Length;
    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>A line of our own.</summary>
    public void Line(string text) => Write(Encoding.UTF8.GetBytes(text + "\n"));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var fits = (int)Math.Clamp(MostBytes - file.Position, 0, buffer.Length);
        file.Write(buffer[..fits]);
        buffer = buffer[fits..];
        for (var kept = buffer[Math.Max(0, buffer.Length - EndBytes)..]; !kept.IsEmpty;)
        {
            var at = (int)((beyond + buffer.Length - kept.Length) % EndBytes);
            var piece = kept[..Math.Min(kept.Length, EndBytes - at)];
            piece.CopyTo(end.AsSpan(at));
            kept = kept[piece.Length..];
        }
        beyond += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            WriteEnd();
            file.Dispose();
        }
        base.Dispose(disposing);
    }

    private void WriteEnd()
    {
        if (beyond > EndBytes)
            file.Write(Encoding.ASCII.GetBytes($"\n[{beyond - EndBytes} bytes are left out here]\n"));
        var at = (int)(beyond % EndBytes);
        if (beyond >= EndBytes)
            file.Write(end.AsSpan(at));
        file.Write(end.AsSpan(0, at));
        beyond = 0;
    }

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    }
}
