namespace Resolver.Packaging.Toml;

/// <summary>True or false.</summary>
public sealed record TomlBoolean(bool Value, int Line = 0, int Column = 0) : TomlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => Value ? "true" : "false";
}
