using System.Diagnostics.CodeAnalysis;

namespace Resolver.Packaging.Parsing;

/// <summary>A document that was read, or why it is none. Defects that do not keep a document from being read are in
/// the document itself.</summary>
/// <typeparam name="T">The document's type.</typeparam>
public readonly struct DocumentResult<T>
    where T : class
{
    private readonly T? value;

    private DocumentResult(T? value, DocumentError? error) => (this.value, Error) = (value, error);

    /// <summary>The error, or null where the document was read.</summary>
    public DocumentError? Error { get; }

    /// <summary>Whether the document was read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Success => Error is null;

    /// <summary>The document.</summary>
    /// <exception cref="DocumentFormatException">It was not read.</exception>
    public T Value => Error is null ? value! : throw new DocumentFormatException(Error);

    /// <summary>A document that was read.</summary>
    public static DocumentResult<T> Of(T value) => new(value, null);

    /// <summary>A document that was not.</summary>
    public static DocumentResult<T> Failed(DocumentError error) => new(null, error);
}
