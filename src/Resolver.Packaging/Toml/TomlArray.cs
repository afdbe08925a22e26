namespace Resolver.Packaging.Toml;

/// <summary>An array; an array of tables (<c>[[name]]</c>) is one too.</summary>
/// <param name="Items">In the order of the document.</param>
/// <param name="IsTableArray">Whether it was written with <c>[[name]]</c> headers.</param>
public sealed record TomlArray(IReadOnlyList<TomlNode> Items, bool IsTableArray, int Line = 0, int Column = 0)
    : TomlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => "an array";
}
