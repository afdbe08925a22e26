namespace Resolver.Packaging.Parsing;

/// <summary>Thrown by the throwing forms of the document readers.</summary>
public sealed class DocumentFormatException(DocumentError error) : FormatException(error.ToString())
{
    /// <summary>What was wrong, and where.</summary>
    public DocumentError Error { get; } = error;
}
