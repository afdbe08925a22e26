namespace Resolver.Packaging.Toml;

/// <summary>An integer of 64 bits.</summary>
public sealed record TomlInteger(long Value, int Line = 0, int Column = 0) : TomlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => $"the integer {Value}";
}
