using Resolver.Packaging.Parsing;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

/// <summary>One clause: an operator and a version (PEP 440, "Version specifiers"). Immutable.</summary>
/// <remarks>Equal where the operator is the same and the versions are, trailing zeros aside (they count after
/// <c>~=</c>, and in the texts of <c>===</c> and <c>.*</c>).</remarks>
public sealed class Specifier : IEquatable<Specifier>
{
    private readonly Version version;

    private Specifier(in SpecifierParts parts, string text)
    {
        (Comparison, VersionText, IsPrefix, version) = (parts.Comparison, text, parts.IsPrefix, parts.Version);
        Ranges = RangesOf();
    }

    /// <summary>One of <c>== != &lt;= &gt;= &lt; &gt; ~= ===</c>.</summary>
    public string Operator => SpecifierGrammar.TextOf(Comparison);

    /// <summary>The version as written, without white space, with <c>.*</c> where it is a prefix match; after
    /// <c>===</c> any text, perhaps empty.</summary>
    public string VersionText { get; }

    /// <summary>The version, without the <c>.*</c> of a prefix match; null after <c>===</c>, which compares
    /// texts.</summary>
    public Version? Version => Comparison == Comparison.Arbitrary ? null : version;

    /// <summary>Whether <c>.*</c> follows the release (PEP 440, "Version matching").</summary>
    public bool IsPrefix { get; }

    /// <summary>Whether the clause itself names a pre-release and so asks for them (PEP 440, "Handling of
    /// pre-releases"). An exclusion requires nothing.</summary>
    public bool NamesPrerelease =>
        Comparison switch
        {
            Comparison.NotEqual => false,
            Comparison.Arbitrary => Packaging.Versions.Version.TryParse(VersionText.AsSpan(), out var named)
                && named.IsPrerelease,
            _ => !IsPrefix && version.IsPrerelease,
        };

    internal Comparison Comparison { get; }

    /// <summary>The versions that the clause admits. For <c>===</c> all: its texts are compared separately.</summary>
    internal VersionRanges Ranges { get; }

    /// <summary>Reads one clause; white space at both ends is ignored.</summary>
    public static ParseResult<Specifier> TryParse(string text)
    {
        var (start, end) = PythonText.Trim(text);
        return TryParse(text, start, end, out var error) is { } specifier
            ? ParseResult<Specifier>.Of(specifier)
            : ParseResult<Specifier>.Failed(error!);
    }

    /// <summary>As <see cref="TryParse(string)"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no clause.</exception>
    public static Specifier Parse(string text) => TryParse(text).Value;

    /// <summary>Reads the clause that fills the text from <paramref name="start"/> to <paramref name="end"/>; null
    /// with the error where it does not.</summary>
    internal static Specifier? TryParse(string text, int start, int end, out ParseError? error)
    {
        var span = text.AsSpan(0, end);
        var match = SpecifierGrammar.Match(span, start, out var parts, out var expected);
        error =
            match < 0 ? ParseError.At(text, ~match, expected)
            : match < end ? ParseError.At(text, match, SpecifierGrammar.ExpectedAfter(span, match, in parts))
            : null;
        return error is null ? new(in parts, text[parts.Start..parts.End]) : null;
    }

    /// <summary>Whether the clause admits the version; pre-releases are judged like any other. Allocates nothing,
    /// except for <c>===</c>.</summary>
    public bool Contains(Version version) =>
        Comparison == Comparison.Arbitrary ? MatchesText(version.ToString()) : Ranges.Contains(version);

    /// <summary>The comparison of <c>===</c>: by text, whatever the case (PEP 440, "Arbitrary equality").</summary>
    internal bool MatchesText(string text) => PythonText.Lower(text) == PythonText.Lower(VersionText);

    private VersionRanges RangesOf()
    {
        switch (Comparison)
        {
            case Comparison.GreaterOrEqual:
                return From(VersionCut.Before(version));
            case Comparison.LessOrEqual:
                return UpTo(VersionCut.AfterLocals(version));
            case Comparison.Greater:
                return From(VersionCut.AfterPosts(version));
            case Comparison.Less:
                // "<V" leaves out the pre-releases of V, unless V is one itself: up to V.dev0.
                return UpTo(
                    VersionCut.Before(
                        version.IsPrerelease ? version : version.With(version.PostNumeral, default(Versions.Numeral))
                    )
                );
            case Comparison.Compatible:
                return VersionRanges.Between(
                    VersionCut.Before(version),
                    VersionCut.Before(FirstAfterPrefix(version.Segments()[..^1]))
                );
            case Comparison.Equal or Comparison.NotEqual:
                var equal =
                    IsPrefix
                        ? VersionRanges.Between(
                            VersionCut.Before(version.With(null, default(Versions.Numeral))),
                            VersionCut.Before(FirstAfterPrefix(version.Segments()))
                        )
                    : version.HasLocal ? VersionRanges.Of(version)
                    : VersionRanges.Between(VersionCut.Before(version), VersionCut.AfterLocals(version));
                return Comparison == Comparison.Equal ? equal : equal.Complement();
            default:
                return VersionRanges.All;
        }
    }

    private static VersionRanges From(VersionCut cut) => VersionRanges.Between(cut, null);

    private static VersionRanges UpTo(VersionCut cut) => VersionRanges.Between(VersionCut.Lowest, cut);

    /// <summary>The smallest version beyond every one whose release begins with these numbers: <c>1.2</c> gives
    /// <c>1.3.dev0</c>.</summary>
    private Version FirstAfterPrefix(Versions.Numeral[] release) =>
        Packaging.Versions.Version.Make(
            version.EpochNumeral,
            [.. release[..^1], release[^1].Next()],
            null,
            default,
            null,
            default(Versions.Numeral),
            null
        );

    /// <inheritdoc/>
    public bool Equals(Specifier? other)
    {
        if (other is null || Comparison != other.Comparison || IsPrefix != other.IsPrefix)
            return false;
        if (Comparison == Comparison.Arbitrary || IsPrefix)
            return VersionText == other.VersionText;
        return version == other.version
            && (Comparison != Comparison.Compatible || version.SegmentCount == other.version.SegmentCount);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Specifier);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Comparison == Comparison.Arbitrary || IsPrefix
            ? HashCode.Combine(Comparison, VersionText)
            : HashCode.Combine(Comparison, version);

    /// <summary>The operator and the version as written.</summary>
    public override string ToString() => Operator + VersionText;
}
