using System.Numerics;
using System.Text.RegularExpressions;

namespace Resolver.Packaging.Tests.Versions;

/// <summary>
/// PEP 440 written down as plainly as possible: a regular expression for the grammar, arbitrary-precision numbers,
/// one comparison after the other. The reference for the fast implementation, with which it shares nothing.
/// </summary>
internal sealed partial record PlainVersion(
    BigInteger Epoch,
    BigInteger[] Release,
    (int Letter, BigInteger Number)? Pre,
    BigInteger? Post,
    BigInteger? Dev,
    string[]? Local
) : IComparable<PlainVersion>
{
    public bool IsPrerelease => Pre is not null || Dev is not null;

    [GeneratedRegex(
        """
            ^\s*v?
            (?:(?<epoch>[0-9]+)!)?
            (?<release>[0-9]+(?:\.[0-9]+)*)
            (?:[-_.]?(?<letter>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>[0-9]*))?
            (?:-(?<post>[0-9]+)|[-_.]?(?<posted>post|rev|r)[-_.]?(?<post>[0-9]*))?
            (?:[-_.]?(?<developed>dev)[-_.]?(?<dev>[0-9]*))?
            (?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?
            \s*$
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Grammar { get; }

    public static PlainVersion? Read(string text)
    {
        var match = Grammar.Match(text);
        if (!match.Success)
            return null;
        BigInteger Number(string group) =>
            match.Groups[group] is { Success: true, Length: > 0 } digits ? BigInteger.Parse(digits.Value) : 0;
        return new(
            Number("epoch"),
            [.. match.Groups["release"].Value.Split('.').Select(BigInteger.Parse)],
            match.Groups["letter"].Success
                ? (
                    "abcrp".IndexOf(
                        char.ToLowerInvariant(match.Groups["letter"].Value[0]),
                        StringComparison.Ordinal
                    ) switch
                    {
                        0 => 0,
                        1 => 1,
                        _ => 2,
                    },
                    Number("pre")
                )
                : null,
            match.Groups["post"].Success ? Number("post") : null,
            match.Groups["developed"].Success ? Number("dev") : null,
            match.Groups["local"].Success ? match.Groups["local"].Value.ToLowerInvariant().Split('.', '-', '_') : null
        );
    }

    public BigInteger At(int index) => index < Release.Length ? Release[index] : 0;

    public int CompareTo(PlainVersion? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var order = Epoch.CompareTo(other.Epoch);
        for (var i = 0; order == 0 && i < Math.Max(Release.Length, other.Release.Length); i++)
            order = At(i).CompareTo(other.At(i));
        if (order == 0)
            order = PreKey.CompareTo(other.PreKey);
        if (order == 0)
            order = (Post ?? -1).CompareTo(other.Post ?? -1);
        if (order == 0)
            order = (Dev is null).CompareTo(other.Dev is null);
        if (order == 0)
            order = (Dev ?? 0).CompareTo(other.Dev ?? 0);
        return order != 0 ? order : CompareLocal(Local, other.Local);
    }

    private (int, BigInteger) PreKey => Pre ?? (Post is null && Dev is not null ? (-1, 0) : (3, 0));

    private static int CompareLocal(string[]? a, string[]? b)
    {
        if (a is null || b is null)
            return (a is not null).CompareTo(b is not null);
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var (isNumber, isOtherNumber) = (a[i].All(char.IsAsciiDigit), b[i].All(char.IsAsciiDigit));
            var order =
                isNumber != isOtherNumber ? isNumber.CompareTo(isOtherNumber)
                : isNumber ? BigInteger.Parse(a[i]).CompareTo(BigInteger.Parse(b[i]))
                : string.CompareOrdinal(a[i], b[i]);
            if (order != 0)
                return order;
        }
        return a.Length.CompareTo(b.Length);
    }
}
