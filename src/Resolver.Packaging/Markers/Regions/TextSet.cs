namespace Resolver.Packaging.Markers.Regions;

/// <summary>Finitely many texts, or all but finitely many.</summary>
internal sealed class TextSet : ValueSet
{
    private readonly SortedSet<string> texts;
    private readonly string text;

    private TextSet(SortedSet<string> texts, bool isComplement)
    {
        this.texts = texts;
        IsComplement = isComplement;
        text = (isComplement ? "!" : "") + string.Join('\0', texts);
    }

    /// <summary>The truth of a comparison that is kept as it stands.</summary>
    public static TextSet True { get; } = Of("true");

    /// <summary>The texts in the set, or, of a complement, those that are not. Sorted.</summary>
    public IReadOnlyCollection<string> Texts => texts;

    /// <summary>Whether all texts but <see cref="Texts"/> are meant.</summary>
    public bool IsComplement { get; }

    public override bool IsEmpty => !IsComplement && texts.Count == 0;

    public static TextSet Of(params IEnumerable<string> texts) =>
        new(new SortedSet<string>(texts, StringComparer.Ordinal), false);

    public bool Contains(string value) => texts.Contains(value) != IsComplement;

    public override ValueSet Complement() => new TextSet(texts, !IsComplement);

    public override ValueSet Intersect(ValueSet other)
    {
        var right = (TextSet)other;
        return (IsComplement, right.IsComplement) switch
        {
            (true, true) => new TextSet(new SortedSet<string>(texts.Union(right.texts), StringComparer.Ordinal), true),
            (false, _) => Of(texts.Where(right.Contains)),
            _ => Of(right.texts.Where(Contains)),
        };
    }

    public override string ToString() => text;
}
