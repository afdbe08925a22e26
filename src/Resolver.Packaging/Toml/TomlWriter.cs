using System.Globalization;
using System.Text;

namespace Resolver.Packaging.Toml;

/// <summary>Writes TOML with stable bytes: one way to write each value, keys in the order given, <c>\n</c> between
/// lines.</summary>
internal sealed class TomlWriter
{
    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    public void BlankLine() => text.Append('\n');

    /// <summary><c>[a.b]</c>, or <c>[[a.b]]</c> for one more table of an array.</summary>
    public void Header(IEnumerable<string> path, bool ofArray = false)
    {
        text.Append(ofArray ? "[[" : "[").AppendJoin('.', path.Select(Key)).Append(ofArray ? "]]\n" : "]\n");
    }

    public void Pair(string key, string value) => Line(key, String(value));

    public void Pair(string key, TomlNode value) => Line(key, Inline(value));

    public void Pair(string key, IEnumerable<string> values) =>
        Line(key, $"[{string.Join(", ", values.Select(String))}]");

    /// <summary>An array with each value on a line of its own; nothing between the brackets where there is
    /// none.</summary>
    public void Lines(string key, IEnumerable<TomlNode> values)
    {
        text.Append(Key(key)).Append(" = [\n");
        foreach (var value in values)
            text.Append("    ").Append(Inline(value)).Append(",\n");
        text.Append("]\n");
    }

    /// <summary>A table under its header: first what is no table, then the tables, each under a header of its
    /// own.</summary>
    /// <param name="ofArray">Whether it is one of an array of tables.</param>
    public void Table(IReadOnlyList<string> path, TomlTable table, bool ofArray = false)
    {
        var values = table.Entries.Where(e => !HasHeaders(e.Value)).ToList();
        if (values.Count > 0 || table.Entries.Count == 0 || ofArray)
        {
            BlankLine();
            Header(path, ofArray);
            foreach (var (key, value) in values)
            {
                // A list of tables is read line by line, by people and by those who compare two files.
                if (value is TomlArray { Items: [TomlTable, ..] items })
                    Lines(key, items);
                else
                    Pair(key, value);
            }
        }
        foreach (var (key, value) in table.Entries.Where(e => HasHeaders(e.Value)))
        {
            foreach (var inner in value is TomlArray array ? array.Items : [value])
                Table([.. path, key], (TomlTable)inner, value is TomlArray);
        }
    }

    private static bool HasHeaders(TomlNode value) =>
        value is TomlTable or TomlArray { IsTableArray: true, Items.Count: > 0 };

    /// <summary>A value on one line.</summary>
    public static string Inline(TomlNode value) =>
        value switch
        {
            TomlText node => String(node.Value),
            TomlInteger node => node.Value.ToString(CultureInfo.InvariantCulture),
            TomlFloat node => Float(node.Value),
            TomlBoolean node => node.Value ? "true" : "false",
            TomlDateTime node => node.Text,
            TomlArray node => $"[{string.Join(", ", node.Items.Select(Inline))}]",
            TomlTable node => node.Entries.Count == 0
                ? "{}"
                : $"{{{string.Join(", ", node.Entries.Select(e => $"{Key(e.Key)} = {Inline(e.Value)}"))}}}",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };

    private static string Float(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }

    private static string Key(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : String(key);

    private static string String(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }

    private void Line(string key, string value) => text.Append(Key(key)).Append(" = ").Append(value).Append('\n');
}
