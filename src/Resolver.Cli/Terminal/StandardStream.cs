using System.Runtime.InteropServices;

namespace Resolver.Cli.Terminal;

/// <summary>Standard output or standard error of this process, which says when it cannot be written.</summary>
/// <remarks>The runtime's own console stream keeps quiet about a reader that has gone, and a file stream writes at
/// positions of its own, over what others write to the same file.</remarks>
/// <param name="descriptor">1 or 2.</param>
/// <param name="mayFail">Whether a failure is thrown, once; otherwise it is passed over.</param>
internal sealed class StandardStream(int descriptor, bool mayFail) : Stream
{
    private const int Interrupted = 4,
        TryAgain = 11;

    private readonly Stream? console =
        OperatingSystem.IsLinux() ? null
        : descriptor == 1 ? Console.OpenStandardOutput()
        : Console.OpenStandardError();
    private bool hasFailed;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">It cannot be written; once only.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // A second failure would hide the first: buffers are flushed again when they are disposed.
        if (hasFailed)
            return;
        try
        {
            if (console is not null)
                console.Write(buffer);
            else
                WriteAll(buffer);
        }
        catch (IOException)
        {
            hasFailed = true;
            if (mayFail)
                throw;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            console?.Dispose();
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteAll(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var written = Write(descriptor, in MemoryMarshal.GetReference(rest), (nuint)rest.Length);
            if (written >= 0)
            {
                rest = rest[(int)written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == TryAgain)
                Thread.Sleep(1); // somebody made the other end answer at once
            else if (error != Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

#pragma warning disable SYSLIB1054 // references and numbers only: nothing is marshalled, and generated code would need unsafe blocks
    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, in byte bytes, nuint count);
#pragma warning restore SYSLIB1054
}
