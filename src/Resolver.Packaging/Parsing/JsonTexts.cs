using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Resolver.Packaging.Parsing;

/// <summary>Texts in JSON that may hold halves of surrogate pairs: paths that are not UTF-8 are written so
/// (PEP 383).</summary>
/// <remarks>RFC 8259, section 8.2, lets <c>\udce9</c> stand alone, and Python reads and writes it; the readers and
/// writers of .NET do not.</remarks>
public static class JsonTexts
{
    /// <summary>Writes a field, each half of a pair as its escape.</summary>
    /// <param name="value">Null writes null.</param>
    public static void WriteText(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is null || !HasHalves(value))
        {
            json.WriteString(name, value);
            return;
        }
        json.WritePropertyName(name);
        json.WriteRawValue(Escaped(value), skipInputValidation: true);
    }

    /// <summary>Reads a text, halves of pairs included.</summary>
    /// <returns>Null for null.</returns>
    /// <exception cref="InvalidOperationException">It is neither a text nor null.</exception>
    public static string? ReadText(this JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
            when (value.ValueKind == JsonValueKind.String && TryUnescape(value.GetRawText()) is { } text)
        {
            return text;
        }
    }

    /// <summary>The text of a JSON string in its quotes, or null where it is none.</summary>
    /// <param name="raw">With its quotes and escapes.</param>
    public static string? TryUnescape(string raw)
    {
        if (raw is not ['"', .. var inner, '"'])
            return null;
        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
                continue;
            }
            if (++i == inner.Length)
                return null;
            if (inner[i] == 'u')
            {
                if (
                    i + 4 >= inner.Length
                    || !ushort.TryParse(
                        inner.AsSpan(i + 1, 4),
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture,
                        out var unit
                    )
                )
                    return null;
                text.Append((char)unit);
                i += 4;
                continue;
            }
            var plain = "\"\"\\\\//b\bf\fn\nr\rt\t";
            var at = Enumerable.Range(0, plain.Length / 2).FirstOrDefault(k => plain[2 * k] == inner[i], -1);
            if (at < 0)
                return null;
            text.Append(plain[2 * at + 1]);
        }
        return text.ToString();
    }

    private static bool HasHalves(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }
        return false;
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder("\"", text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                escaped.Append(text[i]).Append(text[++i]);
            else if (char.IsSurrogate(text[i]) || text[i] < ' ')
                escaped.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
            else if (text[i] is '"' or '\\')
                escaped.Append('\\').Append(text[i]);
            else
                escaped.Append(text[i]);
        }
        return escaped.Append('"').ToString();
    }
}
