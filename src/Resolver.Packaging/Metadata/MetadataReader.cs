using System.Text;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Metadata;

/// <summary>Splits a metadata file into fields and body as Python's <c>email.parser</c> with the compat32 policy
/// does, which the standard names as its practical definition.</summary>
internal sealed class MetadataReader
{
    private readonly string text;
    private readonly string file;
    private int position;
    private int line = 1;

    private MetadataReader(string text, string file) => (this.text, this.file) = (text, file);

    public List<MetadataField> Fields { get; } = [];

    /// <summary>What follows the first empty line; null where nothing does.</summary>
    public string? Body { get; private set; }

    public List<DocumentError> Defects { get; } = [];

    public static MetadataReader Read(ReadOnlySpan<byte> bytes, string file)
    {
        var reader = new MetadataReader(Encoding.UTF8.GetString(bytes), file);
        // Decoding puts U+FFFD where bytes are no UTF-8: authors' names in old files, never what is computed with. A
        // file may also hold one itself.
        if (reader.text.Contains('\uFFFD') && FirstInvalidUtf8(bytes) is var at and >= 0)
            reader.Defects.Add(
                new DocumentError(file, 1 + bytes[..at].Count((byte)'\n'), 0, "bytes that are not UTF-8", "UTF-8 text")
            );
        reader.Run();
        return reader;
    }

    public static MetadataReader Read(string text, string file)
    {
        var reader = new MetadataReader(text, file);
        reader.Run();
        return reader;
    }

    private static int FirstInvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
                return at;
            at += used;
        }
        return -1;
    }

    private void Run()
    {
        if (text.StartsWith('\uFEFF'))
        {
            Defects.Add(new DocumentError(file, 1, 1, "a byte order mark", "a field"));
            position = 1;
        }
        string? name = null;
        var nameLine = 0;
        var value = new StringBuilder();
        while (position < text.Length)
        {
            var start = position;
            var current = NextLine();
            if (current.Length == 0)
            {
                Finish();
                Body = text[position..];
                return;
            }
            if (current[0] is ' ' or '\t')
            {
                // A continuation. Without a field to continue it is passed over, as email.parser does.
                if (name is null)
                    Defects.Add(new DocumentError(file, line - 1, 1, "an indented line", "a field"));
                else
                    value.Append('\n').Append(current.TrimEnd());
                continue;
            }
            if (current.StartsWith("From ", StringComparison.Ordinal))
            {
                if (EndsWithEnvelope(start))
                    return;
                continue;
            }
            var colon = NameLength(current);
            if (colon < 0)
            {
                // email.parser takes the first line that is no field for the start of the body, so everyone
                // downstream does.
                Defects.Add(
                    new DocumentError(
                        file,
                        line - 1,
                        1,
                        OneLine.Quote(current.ToString()),
                        "a field ('Name: value'); all that follows counts as the description"
                    )
                );
                Finish();
                Body = text[start..];
                return;
            }
            Finish();
            (name, nameLine) = (current[..colon].ToString(), line - 1);
            value.Clear().Append(current[(colon + 1)..].Trim());
            if (colon == 0)
            {
                Defects.Add(new DocumentError(file, nameLine, 1, "a line without a name before its colon", "a field"));
                name = null;
            }
        }
        Finish();

        // The envelope line of a mailbox. email.parser passes over it among the fields, and takes it for the body's
        // first line after them.
        bool EndsWithEnvelope(int start)
        {
            Finish();
            if (start > 0)
                Defects.Add(new DocumentError(file, line - 1, 1, "a line that begins with 'From '", "a field"));
            var after = position;
            var next = position < text.Length ? NextLine() : [];
            var isField =
                next is [' ' or '\t', ..]
                || next.StartsWith("From ", StringComparison.Ordinal)
                || NameLength(next) >= 0;
            if (isField || start == 0)
            {
                if (after < text.Length)
                    line--;
                position = after;
                return false;
            }
            Body = next.IsEmpty
                ? string.Concat(text.AsSpan(start, after - start), text.AsSpan(position))
                : text[start..];
            return true;
        }

        void Finish()
        {
            if (name is not null)
                Fields.Add(new MetadataField(name, value.ToString().Trim(), nameLine));
            name = null;
        }
    }

    /// <summary>The next line without its end: <c>\n</c>, <c>\r\n</c> or <c>\r</c>.</summary>
    private ReadOnlySpan<char> NextLine()
    {
        var rest = text.AsSpan(position);
        var end = rest.IndexOfAny('\r', '\n');
        line++;
        if (end < 0)
        {
            position = text.Length;
            return rest;
        }
        position += end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
        return rest[..end];
    }

    /// <summary>Where the colon after a field's name stands, or -1: names are printable ASCII without spaces (RFC
    /// 822, 3.2).</summary>
    private static int NameLength(ReadOnlySpan<char> current)
    {
        for (var i = 0; i < current.Length; i++)
        {
            if (current[i] == ':')
                return i;
            if (current[i] is < '!' or > '~')
                return -1;
        }
        return -1;
    }
}
