using System.Text;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>From bytes to logical lines, in pip's order: decode, split, join at backslashes, drop comments, put in
/// environment variables.</summary>
internal static class RequirementFileText
{
    // UTF-32 before UTF-16: the little-endian mark of one begins with that of the other.
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false, true)),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(false, false, true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(true, false, true)),
        ([0xFF, 0xFE], new UnicodeEncoding(false, false, true)),
        ([0xFE, 0xFF], new UnicodeEncoding(true, false, true)),
    ];

    /// <summary>The text, by byte order mark, by a PEP 263 line, or as UTF-8. pip falls back to the locale's
    /// encoding; here that is an error, so that a file means the same everywhere.</summary>
    public static DocumentResult<string> Decode(byte[] bytes, string file)
    {
        var (skip, encoding, line) = (0, (Encoding?)new UTF8Encoding(false, true), 0);
        if (Array.Find(Marks, m => bytes.AsSpan().StartsWith(m.Mark)) is { Mark: { } mark } found)
            (skip, encoding) = (mark.Length, found.Encoding);
        else if (DeclaredEncoding(bytes) is { } declared)
        {
            (encoding, line) = (Find(declared.Name), declared.Line);
            if (encoding is null)
                return DocumentResult<string>.Failed(
                    new DocumentError(
                        file,
                        line,
                        0,
                        $"the unknown encoding {OneLine.Quote(declared.Name)}",
                        "an encoding such as utf-8 or latin-1 (PEP 263)"
                    )
                );
        }
        try
        {
            return DocumentResult<string>.Of(encoding!.GetString(bytes, skip, bytes.Length - skip));
        }
        catch (DecoderFallbackException e)
        {
            var at = 1 + bytes.AsSpan(0, Math.Clamp(skip + e.Index, 0, bytes.Length)).Count((byte)'\n');
            return DocumentResult<string>.Failed(
                new DocumentError(
                    file,
                    at,
                    0,
                    $"bytes that are not {encoding!.WebName}",
                    "text in UTF-8, or a first line '# -*- coding: NAME -*-' (PEP 263)"
                )
            );
        }
    }

    /// <summary>Logical lines with the number of their first physical line.</summary>
    public static IEnumerable<(int Line, string Text)> LogicalLines(string content, Func<string, string?> environment)
    {
        foreach (var (line, joined) in Join(content))
        {
            var text = Uncomment(joined).Trim();
            if (text.Length > 0)
                yield return (line, Expand(text, environment));
        }
    }

    private static (string Name, int Line)? DeclaredEncoding(byte[] bytes)
    {
        var rest = bytes.AsSpan();
        for (var line = 1; line <= 2 && rest.Length > 0; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var current = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (current is not [(byte)'#', ..])
                continue;
            for (var at = current.IndexOf("coding"u8); at >= 0;)
            {
                var value = current[(at + 6)..];
                if (value is [(byte)':' or (byte)'=', ..])
                {
                    value = value[1..].TrimStart(" \t\r\f\v"u8);
                    var length = 0;
                    while (
                        length < value.Length
                        && (
                            char.IsAsciiLetterOrDigit((char)value[length])
                            || value[length] is (byte)'-' or (byte)'_' or (byte)'.'
                        )
                    )
                        length++;
                    if (length > 0)
                        return (Encoding.ASCII.GetString(value[..length]), line);
                }
                var next = current[(at + 1)..].IndexOf("coding"u8);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }
        return null;
    }

    /// <summary>Python's names of encodings; null for one that is unknown.</summary>
    private static Encoding? Find(string name)
    {
        var plain = name.ToLowerInvariant().Replace('_', '-');
        plain = plain switch
        {
            "utf8" or "u8" or "utf-8-sig" or "utf8-sig" => "utf-8",
            "latin-1" or "latin1" or "l1" or "iso8859-1" or "8859" => "iso-8859-1",
            "ascii" or "us-ascii" or "646" => "us-ascii",
            _ when plain.StartsWith("cp125", StringComparison.Ordinal) => "windows-" + plain[2..],
            _ when plain.StartsWith("iso8859-", StringComparison.Ordinal) => "iso-8859-" + plain[8..],
            _ => plain,
        };
        try
        {
            var found = CodePagesEncodingProvider.Instance.GetEncoding(
                plain,
                EncoderFallback.ExceptionFallback,
                DecoderFallback.ExceptionFallback
            );
            return found
                ?? Encoding.GetEncoding(plain, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static IEnumerable<(int Line, string Text)> Join(string content)
    {
        var joined = new StringBuilder();
        var first = 0;
        var number = 0;
        foreach (var physical in SplitLines(content))
        {
            number++;
            var isComment = physical.AsSpan().TrimStart() is ['#', ..];
            if (physical.EndsWith('\\') && !isComment)
            {
                if (first == 0)
                    first = number;
                // pip strips backslashes from both ends here; those at the start belong to a path of Windows and stay.
                joined.Append(physical.AsSpan().TrimEnd('\\'));
                continue;
            }
            // The blank makes a comment in the middle of a joined line one even where nothing precedes it.
            if (isComment)
                joined.Append(' ');
            joined.Append(physical);
            yield return (first == 0 ? number : first, joined.ToString());
            joined.Clear();
            first = 0;
        }
        if (first != 0)
            yield return (first, joined.ToString());
    }

    /// <summary>What Python's <c>str.splitlines</c> takes for line ends.</summary>
    private static IEnumerable<string> SplitLines(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (
                text[i]
                is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029')
            )
                continue;
            yield return text[start..i];
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++;
            start = i + 1;
        }
        if (start < text.Length)
            yield return text[start..];
    }

    /// <summary>Cuts at a '#' that begins the line or follows white space; others, as in URLs, stay.</summary>
    private static string Uncomment(string line)
    {
        for (var i = line.IndexOf('#', StringComparison.Ordinal); i >= 0; i = line.IndexOf('#', i + 1))
        {
            if (i == 0 || char.IsWhiteSpace(line[i - 1]))
                return line[..i];
        }
        return line;
    }

    /// <summary>Puts in <c>${NAME}</c> (capitals, digits, underscores); one that is not set or empty stays as it is,
    /// and what is put in is not looked at again.</summary>
    private static string Expand(string line, Func<string, string?> environment)
    {
        var at = line.IndexOf("${", StringComparison.Ordinal);
        if (at < 0)
            return line;
        var text = new StringBuilder();
        var done = 0;
        for (; at >= 0; at = line.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            var end = at + 2;
            while (
                end < line.Length
                && (char.IsAsciiLetterUpper(line[end]) || char.IsAsciiDigit(line[end]) || line[end] == '_')
            )
                end++;
            if (
                end == at + 2
                || end == line.Length
                || line[end] != '}'
                || environment(line[(at + 2)..end]) is not { Length: > 0 } value
            )
                continue;
            text.Append(line, done, at - done).Append(value);
            done = end + 1;
        }
        return text.Append(line, done, line.Length - done).ToString();
    }
}
