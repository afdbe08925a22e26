namespace Resolver.Resolution.Explanations.Report;

/// <summary>One line of a report.</summary>
internal sealed class ReportLine(int depth, Phrase phrase)
{
    /// <summary>How deep it is indented: what is required by the line above it is one deeper.</summary>
    public int Depth { get; } = depth;

    /// <summary>What it says.</summary>
    public Phrase Phrase { get; } = phrase;

    /// <summary>Why it leads nowhere, where it says so itself.</summary>
    public List<Phrase> Ends { get; } = [];

    /// <summary>Of a line about what is requested, that alone: <c>a and b</c>.</summary>
    public string? Requested { get; init; }

    /// <summary>Whether it is about what was requested, given or constrained.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether it says what several other lines together come to.</summary>
    public bool IsConclusion { get; init; }

    /// <summary>Whether it only says what is in the batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether it says nothing that a build dependency cycle does not say again.</summary>
    public bool IsInCycle { get; init; }

    /// <summary>Whether it says that something cannot be used.</summary>
    public bool IsUnusable { get; init; }

    /// <summary>Whether nothing follows from it.</summary>
    public bool IsClosed => IsUnusable || Ends.Count > 0;

    /// <summary>Lines that were shown already and belong below it.</summary>
    public List<ReportLine> SeeAlso { get; } = [];

    /// <summary>Its number, where another line refers to it; else 0.</summary>
    public int Number { get; set; }

    /// <summary>The line as a clause, or as a whole sentence without its full stop.</summary>
    public string Text(bool atStart)
    {
        var told = atStart ? Phrase.Capitalised : Phrase.Text;
        foreach (var (i, end) in Ends.Index())
        {
            told +=
                told.Length == 0 ? end.Text
                : end.IsSentence ? $". {end.Capitalised}"
                : i == 0 ? $", but {end.Text}"
                : $", and {end.Text}";
        }
        return told;
    }
}
