using System.Text;

namespace Resolver.Resolution.Universes.Ranges;

/// <summary>Natural numbers that fit 62 bits: the number is its own place, doubled.</summary>
internal sealed class NumberRangeReader : RangeReader
{
    private const int MostDigits = 18;

    /// <summary>Whether a number was met that does not fit; then <see cref="LargeNumberRangeReader"/> must read the
    /// file.</summary>
    public bool MetLargeNumber { get; private set; }

    public override bool TryPlaceVersion(ReadOnlySpan<byte> text, out long place, out string reason)
    {
        reason = "";
        place = 0;
        if (text.Length is 0 or > MostDigits)
            return TryPlaceLong(text, ref place, out reason);
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return LargeNumberRangeReader.Refuse(text, out reason);
            place = (place * 10) + (digit - '0');
        }

        place *= 2;
        return true;
    }

    public override bool TryPlaceRange(ReadOnlySpan<byte> text, out long from, out long to, out string reason)
    {
        (from, to) = (0, End);
        if (!RangeSyntax.TryRead(text, out var range, out reason))
            return false;
        if (range.Lower.Length > 0)
        {
            if (!TryPlaceVersion(range.Lower, out from, out reason))
                return false;
            from += range.IncludesLower ? 0 : 1;
        }

        if (range.Upper.Length > 0)
        {
            if (!TryPlaceVersion(range.Upper, out to, out reason))
                return false;
            to += range.IncludesUpper ? 1 : 0;
        }

        return true;
    }

    private bool TryPlaceLong(ReadOnlySpan<byte> text, ref long place, out string reason)
    {
        if (text.Length == 0 || text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return LargeNumberRangeReader.Refuse(text, out reason);
        var significant = text.TrimStart((byte)'0');
        if (significant.Length is > 0 and <= MostDigits)
            return TryPlaceVersion(significant, out place, out reason);
        reason = "";
        MetLargeNumber = significant.Length > MostDigits;
        return true;
    }
}
