using System.Text;

namespace Resolver.Resolution.Universes.Ranges;

/// <summary>Versions of any kind, placed by their rank among all that a file mentions.</summary>
/// <typeparam name="T">A version.</typeparam>
internal abstract class RankedRangeReader<T>(IComparer<T> order) : RangeReader
    where T : notnull
{
    private readonly SortedSet<T> all = new(order);
    private List<T>? ranked;

    public override bool NeedsSurvey => true;

    public override void SurveyVersion(ReadOnlySpan<byte> text)
    {
        if (TryParse(Encoding.UTF8.GetString(text), out var version))
            all.Add(version);
    }

    public override void SurveyRange(ReadOnlySpan<byte> text)
    {
        if (!TryParseRange(text, out var range, out _))
            return;
        if (range.HasLower)
            all.Add(range.Lower);
        if (range.HasUpper)
            all.Add(range.Upper);
    }

    public override bool TryPlaceVersion(ReadOnlySpan<byte> text, out long place, out string reason)
    {
        place = 0;
        if (!TryParse(Encoding.UTF8.GetString(text), out var version))
            return RefuseVersion(text, out reason);
        reason = "";
        place = Place(version);
        return true;
    }

    public override bool TryPlaceRange(ReadOnlySpan<byte> text, out long from, out long to, out string reason)
    {
        (from, to) = (0, End);
        if (!TryParseRange(text, out var range, out reason))
            return false;
        if (range.HasLower)
            from = Place(range.Lower) + (range.IncludesLower ? 0 : 1);
        if (range.HasUpper)
            to = Place(range.Upper) + (range.IncludesUpper ? 1 : 0);
        return true;
    }

    protected abstract bool TryParse(string text, out T version);

    /// <summary>Reads one interval; the default reads its bounds as versions.</summary>
    protected virtual bool TryParseRange(ReadOnlySpan<byte> text, out Bounds range, out string reason)
    {
        range = default;
        if (!RangeSyntax.TryRead(text, out var syntax, out reason))
            return false;
        T? lower = default,
            upper = default;
        if (syntax.Lower.Length > 0 && !TryParse(Encoding.UTF8.GetString(syntax.Lower), out lower))
            return RefuseVersion(syntax.Lower, out reason);
        if (syntax.Upper.Length > 0 && !TryParse(Encoding.UTF8.GetString(syntax.Upper), out upper))
            return RefuseVersion(syntax.Upper, out reason);
        range = new Bounds(
            syntax.Lower.Length > 0,
            lower!,
            syntax.IncludesLower,
            syntax.Upper.Length > 0,
            upper!,
            syntax.IncludesUpper
        );
        return true;
    }

    protected abstract bool RefuseVersion(ReadOnlySpan<byte> text, out string reason);

    private long Place(T version)
    {
        ranked ??= [.. all];
        return ranked.BinarySearch(version, order) * 2L;
    }

    /// <summary>The two ends of an interval.</summary>
    protected readonly record struct Bounds(
        bool HasLower,
        T Lower,
        bool IncludesLower,
        bool HasUpper,
        T Upper,
        bool IncludesUpper
    );
}
