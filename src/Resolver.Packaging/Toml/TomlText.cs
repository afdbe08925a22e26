using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Toml;

/// <summary>A string.</summary>
public sealed record TomlText(string Value, int Line = 0, int Column = 0) : TomlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => OneLine.Quote(Value);
}
