namespace Resolver.Packaging.Toml;

/// <summary>A date, a time or both, kept as its text: no standard here computes with it.</summary>
/// <param name="Text">As written.</param>
/// <param name="HasOffset">Whether it names an instant (an offset or <c>Z</c> is given).</param>
public sealed record TomlDateTime(string Text, bool HasOffset, int Line = 0, int Column = 0) : TomlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => $"the date {Text}";
}
