using System.Text;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.References;
using Resolver.Packaging.Specifiers;

namespace Resolver.Packaging.Requirements;

/// <summary>A dependency specifier (PEP 508): a name, extras, versions or a URL, and a marker. Immutable.</summary>
/// <remarks>Equal where names and extras are in normalised form, and specifier, URL and marker are.</remarks>
public sealed class Requirement : IEquatable<Requirement>
{
    private string? normalized;
    private ParsedReference? reference;

    internal Requirement(
        string text,
        string rawName,
        List<string> rawExtras,
        SpecifierSet specifier,
        string? url,
        Marker? marker
    )
    {
        (Text, RawName, Specifier, Url, Marker) = (text, rawName, specifier, url, marker);
        Name = PackageName.Unchecked(rawName);
        if (rawExtras.Count > 1)
            rawExtras = [.. rawExtras.Distinct().Order(Comparer<string>.Create(PythonText.CompareByCodePoint))];
        RawExtras = rawExtras;
        Extras = rawExtras.Count == 0 ? [] : [.. rawExtras.Select(ExtraName.Unchecked).Distinct().Order()];
    }

    /// <summary>The project.</summary>
    public PackageName Name { get; }

    /// <summary>The name as written.</summary>
    public string RawName { get; }

    /// <summary>Sorted, without duplicates.</summary>
    public IReadOnlyList<ExtraName> Extras { get; }

    /// <summary>The extras as written, sorted, each spelling once.</summary>
    public IReadOnlyList<string> RawExtras { get; }

    /// <summary>The versions; any where none are named or a URL is.</summary>
    public SpecifierSet Specifier { get; }

    /// <summary>The direct reference, or null.</summary>
    public string? Url { get; }

    /// <summary>The direct reference, parsed, or why it is malformed; null where there is none. The grammar of
    /// requirements takes every text for a URL, as the reference implementation does.</summary>
    public ParseResult<FileReference>? Reference =>
        Url is null ? null : (reference ??= new ParsedReference(FileReference.TryParse(Url))).Result;

    /// <summary>The direct reference where there is a well-formed one, else null.</summary>
    public FileReference? ValidReference => Reference is { Success: true } parsed ? parsed.Value : null;

    /// <summary>The condition, or null where it always holds.</summary>
    public Marker? Marker { get; }

    /// <summary>The text as it was written, trimmed.</summary>
    public string Text { get; }

    /// <summary>Reads a dependency specifier; spaces and tabs may stand before it and after it.</summary>
    public static ParseResult<Requirement> TryParse(string text)
    {
        var parser = new RequirementParser(text);
        return parser.Read() is { } requirement
            ? ParseResult<Requirement>.Of(requirement)
            : ParseResult<Requirement>.Failed(parser.Error!);
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no dependency specifier.</exception>
    public static Requirement Parse(string text) => TryParse(text).Value;

    /// <summary>The same versions of the same project, with other extras and another marker.</summary>
    public Requirement With(IReadOnlyList<string> rawExtras, Marker? marker) =>
        Parse(Write(RawName, rawExtras, $"{Specifier}", Url, marker?.ToReadableText()));

    /// <summary>The text of this requirement under a further condition.</summary>
    /// <param name="condition">A marker, in parentheses where it has an 'or'.</param>
    public string TextUnder(string condition)
    {
        var own = Marker?.ToReadableText();
        var whole =
            own is null ? condition
            : Marker!.Expression is MarkerExpression.Or ? $"({own}) and {condition}"
            : $"{own} and {condition}";
        return Write(RawName, RawExtras, $"{Specifier}", Url, whole);
    }

    /// <inheritdoc/>
    public bool Equals(Requirement? other) =>
        other is not null
        && Name == other.Name
        && Url == other.Url
        && Specifier.Equals(other.Specifier)
        && Equals(Marker, other.Marker)
        && Extras.SequenceEqual(other.Extras);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Requirement);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Url, Specifier, Marker, Extras.Count);

    /// <summary>Normalised text, as packaging prints it: name and extras as written.</summary>
    public override string ToString() =>
        normalized ??= Write(RawName, RawExtras, $"{Specifier}", Url, Marker?.ToString());

    /// <summary>Text that reads back as this requirement, for a person: lower bounds come first, as most people write
    /// them. <see cref="ToString"/> need not read back (<see cref="Markers.Marker.ToReadableText"/>).</summary>
    public string ToReadableText() =>
        Specifier.Specifiers.Count < 2 && Marker is null
            ? ToString()
            : Write(
                RawName,
                RawExtras,
                string.Join(',', Specifier.Specifiers.OrderBy(each => each.Operator is "<" or "<=" or "!=")),
                Url,
                Marker?.ToReadableText()
            );

    // A class, so that threads that parse at once each see a whole result.
    private sealed record ParsedReference(ParseResult<FileReference> Result);

    private static string Write(
        string rawName,
        IReadOnlyList<string> rawExtras,
        string specifier,
        string? url,
        string? marker
    )
    {
        var text = new StringBuilder(rawName);
        if (rawExtras.Count > 0)
            text.Append('[').AppendJoin(',', rawExtras).Append(']');
        text.Append(specifier);
        if (url is not null)
            text.Append(" @ ").Append(url);
        if (marker is not null)
            text.Append(url is null ? "; " : " ; ").Append(marker);
        return text.ToString();
    }
}
