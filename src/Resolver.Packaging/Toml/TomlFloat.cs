namespace Resolver.Packaging.Toml;

/// <summary>A floating-point number.</summary>
public sealed record TomlFloat(double Value, int Line = 0, int Column = 0) : TomlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => $"the number {Value:R}";
}
