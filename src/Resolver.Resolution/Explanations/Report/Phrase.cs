using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>A clause of a report.</summary>
/// <param name="Text">As it stands inside of a sentence.</param>
/// <param name="StartsWithName">Whether it begins with a name, which keeps its case at the start of a
/// sentence.</param>
internal sealed record Phrase(string Text, bool StartsWithName)
{
    /// <summary>The project that it is about, where it begins with its name.</summary>
    public VariableId? Subject { get; init; }

    /// <summary>Whether it needs a sentence of its own: it has a 'but' already.</summary>
    public bool IsSentence { get; init; }

    /// <summary>As the start of a sentence.</summary>
    public string Capitalised => StartsWithName || Text.Length == 0 ? Text : char.ToUpperInvariant(Text[0]) + Text[1..];
}
