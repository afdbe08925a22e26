using System.Security.Cryptography;
using System.Text;

namespace Resolver.Execution.Runs;

/// <summary>The checksums of a journal: the last field of each line, <c>"sum"</c>, is the beginning of the SHA-256 of
/// the checksum before it and the line without its own. A changed, missing or moved line does not fit.</summary>
internal sealed class JournalChecksum
{
    private const int Digits = 16;

    private static readonly byte[] Field = ",\"sum\":\""u8.ToArray();

    private string last;
    private string before;

    private JournalChecksum(string last) => (this.last, before) = (last, last);

    /// <summary>What continues with these lines; null where they are of an earlier version and have no
    /// checksums.</summary>
    public static JournalChecksum? After(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
            return new JournalChecksum("");
        var end = lines[^1] == '\n' ? lines[..^1] : lines;
        var line = end[(end.LastIndexOf((byte)'\n') + 1)..];
        return Has(line) ? new JournalChecksum(Encoding.ASCII.GetString(Of(line))) : null;
    }

    /// <summary>Whether a line has a checksum, right or wrong.</summary>
    public static bool Has(ReadOnlySpan<byte> line) =>
        line.Length > Tail && line[^Tail..].StartsWith(Field) && line.EndsWith("\"}"u8);

    /// <summary>Whether any line of a journal has one.</summary>
    public static bool IsIn(ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (Has(lines[range]))
                return true;
        }
        return false;
    }

    /// <summary>The line with its checksum.</summary>
    /// <param name="line">A JSON object and a line feed.</param>
    public byte[] Add(byte[] line)
    {
        before = last;
        var bare = line.AsSpan()[..^2]; // without the brace and the line feed
        last = Sum(before, bare);
        return [.. bare, .. Field, .. Encoding.ASCII.GetBytes(last), .. "\"}\n"u8];
    }

    /// <summary>The line that was last added could not be written.</summary>
    public void Forget() => last = before;

    /// <summary>Whether this is the next line.</summary>
    public bool Fits(ReadOnlySpan<byte> line)
    {
        if (!Has(line))
            return false;
        last = Sum(last, line[..^Tail]);
        return Of(line).SequenceEqual(Encoding.ASCII.GetBytes(last));
    }

    private static int Tail => Field.Length + Digits + 2;

    private static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line) => line[^(Digits + 2)..^2];

    private static string Sum(string before, ReadOnlySpan<byte> bare) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes(before), .. bare]))[..Digits];
}
