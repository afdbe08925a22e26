namespace Resolver.Packaging.Versions;

/// <summary>One part of a local version label (PEP 440, "Local version identifiers"): a number, or lower-case
/// text.</summary>
/// <param name="Text">Null for a number.</param>
internal readonly record struct LocalSegment(string? Text, Numeral Number) : IComparable<LocalSegment>
{
    /// <summary>Text sorts before every number; text by its characters, numbers by value.</summary>
    public int CompareTo(LocalSegment other) =>
        (Text, other.Text) switch
        {
            (null, null) => Number.CompareTo(other.Number),
            (null, _) => 1,
            (_, null) => -1,
            _ => string.CompareOrdinal(Text, other.Text),
        };

    public override string ToString() => Text ?? Number.ToString();
}
