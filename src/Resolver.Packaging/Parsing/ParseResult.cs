using System.Diagnostics.CodeAnalysis;

namespace Resolver.Packaging.Parsing;

/// <summary>A value, or why the text is none. The throwing forms (<c>Parse</c>) wrap this, never the reverse.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct ParseResult<T>
{
    private readonly T? value;

    private ParseResult(T? value, ParseError? error) => (this.value, Error) = (value, error);

    /// <summary>The error, or null where the text was read.</summary>
    public ParseError? Error { get; }

    /// <summary>Whether the text was read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Success => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="PackagingFormatException">The text was not read.</exception>
    public T Value => Error is null ? value! : throw new PackagingFormatException(Error);

    /// <summary>A text that was read.</summary>
    public static ParseResult<T> Of(T value) => new(value, null);

    /// <summary>A text that was not.</summary>
    public static ParseResult<T> Failed(ParseError error) => new(default, error);
}
