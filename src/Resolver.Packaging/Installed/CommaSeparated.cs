using System.Text;

namespace Resolver.Packaging.Installed;

/// <summary>CSV as the default dialect of Python's <c>csv</c> module reads and writes it: a quote within quotes is
/// doubled, and whatever follows a closing quote belongs to the field.</summary>
internal static class CommaSeparated
{
    /// <summary>Rows with the number of their first line; an empty line is a row of one empty field.</summary>
    public static IEnumerable<(int Line, List<string> Fields)> Rows(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, first) = (1, 1);
        var (inQuotes, atStart) = (false, true);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (inQuotes)
            {
                if (c == '\n')
                    line++;
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[i++]);
                else
                    inQuotes = false;
                continue;
            }
            if (c is '\r' or '\n')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                yield return (first, EndRow());
                first = ++line;
                continue;
            }
            if (c == '"' && atStart)
                (inQuotes, atStart) = (true, false);
            else if (c == ',')
                EndField();
            else
            {
                field.Append(c);
                atStart = false;
            }
        }
        if (fields.Count > 0 || field.Length > 0 || !atStart)
            yield return (first, EndRow());

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
            atStart = true;
        }

        List<string> EndRow()
        {
            EndField();
            var row = fields;
            fields = [];
            return row;
        }
    }

    /// <summary>Appends a field, in quotes where it needs them.</summary>
    public static void Append(StringBuilder text, string field)
    {
        // A byte order mark would be taken for the file's own where the field comes first.
        if (!field.AsSpan().ContainsAny(",\"\r\n\uFEFF"))
            text.Append(field);
        else
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
