using System.Text;

namespace Resolver.Cli.Terminal;

/// <summary>Rows in aligned columns. Where a terminal is too narrow for them, each row is a paragraph instead: its key,
/// and below it the other values with their titles, as many on a line as fit.</summary>
/// <param name="titles">One for each column; empty without a heading.</param>
/// <param name="keys">How many cells at the beginning of a row name what it is about.</param>
internal sealed class TextTable(IReadOnlyList<string> titles, int keys)
{
    private const string Indent = "  ";
    private readonly List<IReadOnlyList<TextTableCell>> rows = [];

    /// <summary>Blanks between columns.</summary>
    public int Gap { get; init; } = 2;

    /// <summary>The most columns that a column is made wide for: what is longer goes beyond it.</summary>
    public int Widest { get; init; } = int.MaxValue;

    /// <summary>Whether a line of hyphens stands below the heading.</summary>
    public bool IsRuled { get; init; }

    /// <summary>The columns of numbers.</summary>
    public IReadOnlySet<int> RightAligned { get; init; } = new HashSet<int>();

    public void Add(params IReadOnlyList<TextTableCell> row) => rows.Add(row);

    /// <param name="width">Columns of the terminal; null where none shows it.</param>
    public string Text(Paint paint, int? width)
    {
        if (rows.Count == 0)
            return "";
        // A column without values is left out, unless it is a key.
        var columns = Enumerable
            .Range(0, rows[0].Count)
            .Where(column => column < keys || rows.Exists(row => row[column].Text.Length > 0))
            .ToList();
        var widths = columns.ConvertAll(column =>
            rows.Select(row => Math.Min(row[column].Columns, Widest))
                .Append(titles.Count == 0 ? 0 : TerminalLines.Columns(titles[column]))
                .Max()
        );
        var text = new StringBuilder();
        if (width is { } most && widths.Sum() + (Gap * (columns.Count - 1)) > most)
        {
            foreach (var row in rows)
                AppendParagraph(text, row, columns, most);
            return text.ToString();
        }
        if (titles.Count > 0)
            AppendLine(text, [.. titles.Select(title => new TextTableCell(title, paint.Strong))], columns, widths);
        if (IsRuled)
            AppendLine(
                text,
                [.. titles.Select((_, i) => Hyphens(columns.IndexOf(i) is var at and >= 0 ? widths[at] : 0))],
                columns,
                widths
            );
        foreach (var row in rows)
            AppendLine(text, row, columns, widths);
        return text.ToString();

        static TextTableCell Hyphens(int count) => new(new string('-', count));
    }

    private void AppendLine(StringBuilder text, IReadOnlyList<TextTableCell> row, List<int> columns, List<int> widths)
    {
        var blanks = 0;
        foreach (var (index, column) in columns.Index())
        {
            var cell = row[column];
            var padding = Math.Max(0, widths[index] - cell.Columns);
            if (RightAligned.Contains(column))
                blanks += padding;
            if (cell.Text.Length > 0)
            {
                text.Append(' ', blanks).Append(cell.Painted);
                blanks = 0;
            }
            blanks += Gap + (RightAligned.Contains(column) ? 0 : padding);
        }
        text.Append('\n');
    }

    private void AppendParagraph(StringBuilder text, IReadOnlyList<TextTableCell> row, List<int> columns, int width)
    {
        text.AppendJoin(' ', row.Take(keys).Where(cell => cell.Text.Length > 0).Select(cell => cell.Painted));
        var column = width;
        foreach (var at in columns.Where(at => at >= keys && row[at].Text.Length > 0))
        {
            var title = titles.Count == 0 ? "" : titles[at] + " ";
            var needed = TerminalLines.Columns(title) + row[at].Columns;
            if (column + Indent.Length + needed > width)
            {
                text.Append('\n');
                column = 0;
            }
            text.Append(Indent).Append(title).Append(row[at].Painted);
            column += Indent.Length + needed;
        }
        text.Append('\n');
    }
}
