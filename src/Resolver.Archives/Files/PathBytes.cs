using System.Text;

namespace Resolver.Archives.Files;

/// <summary>Paths of POSIX systems as text and back. They are bytes, in UTF-8 by custom only.</summary>
/// <remarks>A byte that is not part of UTF-8 becomes the lone surrogate U+DC00 plus its value, as in Python's
/// <c>surrogateescape</c> (PEP 383): no valid text holds one, so the way back is exact. The .NET runtime decodes such
/// bytes as U+FFFD instead, after which the file cannot be found.</remarks>
public static class PathBytes
{
    private const char First = '\uDC80',
        Last = '\uDCFF';

    /// <summary>Whether the text stands for bytes that are not UTF-8, so that the runtime cannot open the
    /// path.</summary>
    public static bool AreEscaped(string path)
    {
        var at = path.AsSpan().IndexOfAnyInRange(First, Last);
        for (; at >= 0;)
        {
            if (at == 0 || !char.IsHighSurrogate(path[at - 1]))
                return true;
            var next = path.AsSpan(at + 1).IndexOfAnyInRange(First, Last);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    /// <summary>The bytes of a path, ended by a null byte as the system wants them.</summary>
    public static byte[] Of(string path)
    {
        if (!AreEscaped(path))
        {
            var plain = new byte[Encoding.UTF8.GetByteCount(path) + 1];
            Encoding.UTF8.GetBytes(path, plain);
            return plain;
        }
        var bytes = new MemoryStream(path.Length + 8);
        Span<byte> rune = stackalloc byte[4];
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] is >= First and <= Last)
                bytes.WriteByte((byte)(path[i] - 0xDC00));
            else
            {
                Rune.DecodeFromUtf16(path.AsSpan(i), out var read, out var length);
                bytes.Write(rune[..read.EncodeToUtf8(rune)]);
                i += length - 1;
            }
        }
        bytes.WriteByte(0);
        return bytes.ToArray();
    }

    /// <summary>The text of a path.</summary>
    /// <param name="bytes">Without a null byte at the end.</param>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
                bytes = bytes[length..];
                continue;
            }
            // Byte by byte: the bytes after a bad one may be good again.
            text.Append((char)(0xDC00 + bytes[0]));
            bytes = bytes[1..];
        }
        return text.ToString();
    }
}
