using System.Text;

namespace Resolver.Resolution.Universes.Ranges;

/// <summary>Half an interval notation's worth of a range, as bytes: <c>[1, 2)</c>, <c>(, 3]</c>, <c>[4]</c> or a bare
/// <c>5</c>, which means 'at least 5'.</summary>
/// <remarks>The surprises of the notation: an empty bound is open, one version in square brackets is exactly it, and
/// <c>[a, a)</c> is the empty set here although NuGet refuses to read it.</remarks>
internal readonly ref struct RangeSyntax
{
    private RangeSyntax(ReadOnlySpan<byte> lower, bool includesLower, ReadOnlySpan<byte> upper, bool includesUpper)
    {
        Lower = lower;
        Upper = upper;
        IncludesLower = includesLower;
        IncludesUpper = includesUpper;
    }

    /// <summary>Empty where there is no lower bound.</summary>
    public ReadOnlySpan<byte> Lower { get; }

    public bool IncludesLower { get; }

    /// <summary>Empty where there is no upper bound.</summary>
    public ReadOnlySpan<byte> Upper { get; }

    public bool IncludesUpper { get; }

    /// <summary>Reads one interval, without <c>&amp;&amp;</c> and <c>||</c>.</summary>
    /// <returns>False where the text is none; <paramref name="reason"/> says why.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out RangeSyntax range, out string reason)
    {
        range = default;
        reason = "";
        text = text.Trim((byte)' ');
        if (text.Length == 0 || text.SequenceEqual("*"u8))
            return true;
        if (text[0] is not ((byte)'[' or (byte)'('))
        {
            range = new RangeSyntax(text, true, default, false);
            return true;
        }

        if (text.Length < 2 || text[^1] is not ((byte)']' or (byte)')'))
            return Fail($"the range '{Encoding.UTF8.GetString(text)}' does not end with ']' or ')'", out reason);
        var (includesLower, includesUpper) = (text[0] == (byte)'[', text[^1] == (byte)']');
        var inner = text[1..^1];
        var comma = inner.IndexOf((byte)',');
        if (comma < 0)
        {
            var only = inner.Trim((byte)' ');
            if (only.Length == 0 || !includesLower || !includesUpper)
                return Fail(
                    $"the range '{Encoding.UTF8.GetString(text)}' needs a comma, or one version in square brackets",
                    out reason
                );
            range = new RangeSyntax(only, true, only, true);
            return true;
        }

        var upper = inner[(comma + 1)..].Trim((byte)' ');
        if (upper.IndexOf((byte)',') >= 0)
            return Fail($"the range '{Encoding.UTF8.GetString(text)}' has more than one comma", out reason);
        range = new RangeSyntax(inner[..comma].Trim((byte)' '), includesLower, upper, includesUpper);
        return true;
    }

    private static bool Fail(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
