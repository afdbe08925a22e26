using System.Globalization;
using System.Numerics;
using System.Text;

namespace Resolver.Resolution.Universes.Ranges;

/// <summary>Natural numbers of any length.</summary>
internal sealed class LargeNumberRangeReader() : RankedRangeReader<BigInteger>(Comparer<BigInteger>.Default)
{
    public static bool Refuse(ReadOnlySpan<byte> text, out string reason)
    {
        reason = $"'{Encoding.UTF8.GetString(text)}' is no natural number";
        return false;
    }

    protected override bool TryParse(string text, out BigInteger version) =>
        BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);

    protected override bool RefuseVersion(ReadOnlySpan<byte> text, out string reason) => Refuse(text, out reason);
}
