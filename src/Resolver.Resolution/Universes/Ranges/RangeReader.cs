namespace Resolver.Resolution.Universes.Ranges;

/// <summary>
/// Gives versions and ranges of a scheme as positions on a line of whole numbers: a version stands on an even one,
/// and a range is from a position, inclusive, to a position, exclusive; so 'greater than' is the odd place after its
/// version.
/// </summary>
internal abstract class RangeReader
{
    /// <summary>After every version and after every bound.</summary>
    protected const long End = long.MaxValue;

    /// <summary>Where the reader orders all versions of a file before it places them: it must see each one
    /// first.</summary>
    public virtual bool NeedsSurvey => false;

    public virtual void SurveyVersion(ReadOnlySpan<byte> text) { }

    public virtual void SurveyRange(ReadOnlySpan<byte> text) { }

    /// <summary>The version's place.</summary>
    /// <returns>False where the text is no version of the scheme; <paramref name="reason"/> says why.</returns>
    public abstract bool TryPlaceVersion(ReadOnlySpan<byte> text, out long place, out string reason);

    /// <summary>One interval's places; empty where <paramref name="from"/> is not below
    /// <paramref name="to"/>.</summary>
    public abstract bool TryPlaceRange(ReadOnlySpan<byte> text, out long from, out long to, out string reason);
}
