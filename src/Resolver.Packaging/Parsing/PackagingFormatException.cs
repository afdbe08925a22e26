namespace Resolver.Packaging.Parsing;

/// <summary>Thrown by the throwing forms of the parsers.</summary>
public sealed class PackagingFormatException(ParseError error) : FormatException(error.ToString())
{
    /// <summary>What was wrong, and where.</summary>
    public ParseError Error { get; } = error;
}
