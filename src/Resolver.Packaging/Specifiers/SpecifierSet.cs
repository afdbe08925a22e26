using Resolver.Packaging.Parsing;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

/// <summary>Clauses that must all hold, such as <c>&gt;=1.2,&lt;2</c> (PEP 440, "Version specifiers"). The empty set
/// admits every version. Immutable.</summary>
public sealed class SpecifierSet : IEquatable<SpecifierSet>
{
    private readonly Specifier[] specifiers;
    private readonly Specifier[] arbitrary;
    private readonly VersionRanges ranges;
    private readonly bool namesPrerelease;

    private SpecifierSet(List<Specifier> clauses)
    {
        specifiers = [.. clauses];
        if (specifiers.Length > 1)
        {
            Array.Sort(Array.ConvertAll(specifiers, clause => clause.ToString()), specifiers, ByCodePoint);
            specifiers = [.. specifiers.Distinct()];
        }
        arbitrary = Array.FindAll(specifiers, clause => clause.Comparison == Comparison.Arbitrary);
        namesPrerelease = Array.Exists(specifiers, clause => clause.NamesPrerelease);
        ranges = IntersectionOf(specifiers);
    }

    private static Comparer<string> ByCodePoint { get; } = Comparer<string>.Create(PythonText.CompareByCodePoint);

    /// <summary>By halves: one clause after the other would take quadratic time for the exclusions of a hostile
    /// set.</summary>
    private static VersionRanges IntersectionOf(ReadOnlySpan<Specifier> clauses) =>
        clauses.Length switch
        {
            0 => VersionRanges.All,
            1 => clauses[0].Ranges,
            _ => IntersectionOf(clauses[..(clauses.Length / 2)])
                .Intersect(IntersectionOf(clauses[(clauses.Length / 2)..])),
        };

    /// <summary>The set without clauses.</summary>
    public static SpecifierSet Any { get; } = new([]);

    /// <summary>The clauses, sorted by text and without duplicates.</summary>
    public IReadOnlyList<Specifier> Specifiers => specifiers;

    /// <summary>True where a clause itself names a pre-release, else null ("no opinion").</summary>
    public bool? Prereleases => namesPrerelease ? true : null;

    /// <summary>
    /// The versions that all clauses admit, pre-releases judged like any other. <c>===</c> compares texts, which an
    /// order of versions cannot tell apart: here <c>===V</c> stands for the version V where V is written in
    /// normalised form, else for no version.
    /// </summary>
    public VersionRanges Ranges
    {
        get
        {
            var result = ranges;
            foreach (var clause in arbitrary)
            {
                var literal = PythonText.Lower(clause.VersionText);
                result =
                    Version.TryParse(literal.AsSpan(), out var version) && version.ToString() == literal
                        ? result.Intersect(VersionRanges.Of(version))
                        : VersionRanges.Empty;
            }
            return result;
        }
    }

    /// <summary>Whether some clause is <c>===</c>, so that texts count and not versions alone.</summary>
    public bool ComparesTexts => arbitrary.Length > 0;

    /// <summary>Whether nothing at all can satisfy every clause: no version, and no other text after
    /// <c>===</c>.</summary>
    public bool IsUnsatisfiable
    {
        get
        {
            if (ranges.IsEmpty)
                return true;
            if (arbitrary.Length == 0)
                return false;
            if (Array.Exists(arbitrary, clause => !clause.MatchesText(arbitrary[0].VersionText)))
                return true;
            if (arbitrary.Length == specifiers.Length)
                return false;
            return !Version.TryParse(arbitrary[0].VersionText.AsSpan(), out var only) || !ranges.Contains(only);
        }
    }

    /// <summary>Reads clauses between commas; empty places between commas are passed over, white space around clauses
    /// is ignored.</summary>
    public static ParseResult<SpecifierSet> TryParse(string text) =>
        TryParse(text, 0, text.Length, out var error) is { } set
            ? ParseResult<SpecifierSet>.Of(set)
            : ParseResult<SpecifierSet>.Failed(error!);

    /// <summary>As <see cref="TryParse(string)"/>.</summary>
    /// <exception cref="PackagingFormatException">The text holds something else.</exception>
    public static SpecifierSet Parse(string text) => TryParse(text).Value;

    internal static SpecifierSet? TryParse(string text, int start, int end, out ParseError? error)
    {
        error = null;
        List<Specifier> clauses = [];
        for (var at = start; at <= end;)
        {
            var comma = text.IndexOf(',', at, end - at);
            var stop = comma < 0 ? end : comma;
            var (from, to) = PythonText.Trim(text.AsSpan(at, stop - at));
            if (from < to)
            {
                if (Specifier.TryParse(text, at + from, at + to, out error) is not { } clause)
                    return null;
                clauses.Add(clause);
            }
            at = stop + 1;
        }
        return clauses.Count == 0 ? Any : new(clauses);
    }

    /// <summary>Whether the version is in the set. Allocates nothing, unless a clause is <c>===</c>.</summary>
    /// <param name="version">Judged by its normalised text where a clause is <c>===</c>.</param>
    /// <param name="prereleases">True admits, false refuses pre-releases; null as the standard says for a version
    /// with no alternative: admits.</param>
    public bool Contains(Version version, bool? prereleases = null)
    {
        if (prereleases == false && version.IsPrerelease)
            return false;
        if (!ranges.Contains(version))
            return false;
        return arbitrary.Length == 0 || MatchesTexts(version.ToString());
    }

    /// <summary>Whether a version given as text is in the set; a text that is no version is only in the empty set and
    /// in those of <c>===</c>.</summary>
    /// <param name="text">Compared as it stands where a clause is <c>===</c>.</param>
    /// <param name="prereleases">As for a version.</param>
    /// <param name="installed">Whether the version is installed: such a pre-release is always accepted (PEP 440,
    /// "Handling of pre-releases").</param>
    public bool Contains(string text, bool? prereleases = null, bool installed = false)
    {
        var parsed = Version.TryParse(text.AsSpan(), out var version);
        if (parsed && prereleases == false && version.IsPrerelease && !installed)
            return false;
        return Admits(text, parsed, version);
    }

    /// <summary>Those of the versions that are in the set, in the order given.</summary>
    /// <param name="versions">Candidates for one place.</param>
    /// <param name="prereleases">True admits, false refuses pre-releases. Null: admitted where a clause names one, or
    /// where nothing but pre-releases is left (PEP 440, "Handling of pre-releases").</param>
    public IReadOnlyList<Version> Filter(IEnumerable<Version> versions, bool? prereleases = null) =>
        Filter(versions.Where(version => Contains(version)), version => version.IsPrerelease, prereleases);

    /// <summary>As for versions, from texts; those that are no versions are never final and never
    /// pre-releases.</summary>
    public IReadOnlyList<string> Filter(IEnumerable<string> texts, bool? prereleases = null)
    {
        var judged = texts.Select(text =>
            (Text: text, Parsed: Version.TryParse(text.AsSpan(), out var version), Version: version)
        );
        var admitted = judged.Where(item => Admits(item.Text, item.Parsed, item.Version));
        var filtered = Filter(admitted, item => item.Parsed ? item.Version.IsPrerelease : null, prereleases);
        return [.. filtered.Select(item => item.Text)];
    }

    private List<T> Filter<T>(IEnumerable<T> admitted, Func<T, bool?> isPrerelease, bool? prereleases)
    {
        var all = admitted.ToList();
        var wanted = prereleases ?? Prereleases ?? !all.Exists(item => isPrerelease(item) == false);
        if (!wanted)
            all.RemoveAll(item => isPrerelease(item) == true);
        return all;
    }

    private bool Admits(string text, bool parsed, Version version)
    {
        if (specifiers.Length == 0)
            return true;
        if (parsed)
            return ranges.Contains(version) && MatchesTexts(text);
        return arbitrary.Length == specifiers.Length && MatchesTexts(text);
    }

    private bool MatchesTexts(string text) => Array.TrueForAll(arbitrary, clause => clause.MatchesText(text));

    /// <summary>The clauses of both.</summary>
    public SpecifierSet Intersect(SpecifierSet other) =>
        specifiers.Length == 0 ? other
        : other.specifiers.Length == 0 ? this
        : new([.. specifiers, .. other.specifiers]);

    /// <inheritdoc/>
    public bool Equals(SpecifierSet? other) => other is not null && specifiers.AsSpan().SequenceEqual(other.specifiers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SpecifierSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var specifier in specifiers)
            hash.Add(specifier);
        return hash.ToHashCode();
    }

    /// <summary>Normalised text: sorted, without duplicates; versions as written.</summary>
    public override string ToString() => string.Join<Specifier>(',', specifiers);
}
