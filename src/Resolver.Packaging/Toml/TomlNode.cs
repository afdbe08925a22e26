namespace Resolver.Packaging.Toml;

/// <summary>A value of a TOML document with the place where it stands: a closed set of cases.</summary>
/// <remarks>Tomlyn's own model keeps no positions and its syntax tree no merged tables; the standards here need
/// both.</remarks>
/// <param name="Line">From 1; for a table that only a longer key implies, the line of that key; 0 for a value that
/// was made, not read.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 where it is unknown.</param>
public abstract record TomlNode(int Line, int Column)
{
    /// <summary>What a message calls this value, such as <c>an integer</c>.</summary>
    public abstract string Describe();
}
