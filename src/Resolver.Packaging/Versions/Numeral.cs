using System.Globalization;
using System.Numerics;

namespace Resolver.Packaging.Versions;

/// <summary>
/// A natural number of any length, as PEP 440 allows. Long ones are kept as digits: reading and comparing them is
/// linear, where arbitrary-precision arithmetic is not, so a hostile version of a million digits costs nothing.
/// </summary>
internal readonly struct Numeral : IComparable<Numeral>, IEquatable<Numeral>
{
    private const int DigitsOfSmall = 19; // every number of 19 digits fits a ulong

    /// <summary>Without leading zeros, and longer than <see cref="DigitsOfSmall"/>; null for small numbers.</summary>
    private readonly string? digits;

    private Numeral(ulong small, string? digits) => (Small, this.digits) = (small, digits);

    public Numeral(ulong small)
        : this(small, null)
    {
        if (small >= 10_000_000_000_000_000_000)
            this = new(0, small.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The value where <see cref="IsSmall"/>.</summary>
    public ulong Small { get; }

    public bool IsSmall => digits is null;

    public bool IsZero => digits is null && Small == 0;

    /// <summary>Reads ASCII digits; no digits are zero.</summary>
    public static Numeral Read(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('0');
        if (text.Length > DigitsOfSmall)
            return new(0, text.ToString());
        ulong value = 0;
        foreach (var c in text)
            value = value * 10 + (ulong)(c - '0');
        return new(value, null);
    }

    public Numeral Next()
    {
        if (digits is null)
            return new(Small + 1);
        var next = ("0" + digits).ToCharArray();
        var i = next.Length - 1;
        while (next[i] == '9')
            next[i--] = '0';
        next[i]++;
        return Read(next);
    }

    /// <summary>One less; null for zero, and for numbers too long to be worth it.</summary>
    public Numeral? Previous() => digits is null && Small > 0 ? new(Small - 1) : null;

    public int CompareTo(Numeral other)
    {
        if (digits is null)
            return other.digits is null ? Small.CompareTo(other.Small) : -1;
        if (other.digits is null)
            return 1;
        var byLength = digits.Length.CompareTo(other.digits.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(digits, other.digits);
    }

    public bool Equals(Numeral other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Numeral other && Equals(other);

    public override int GetHashCode() => digits?.GetHashCode(StringComparison.Ordinal) ?? Small.GetHashCode();

    public BigInteger ToBigInteger() =>
        digits is null ? Small : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    public override string ToString() => digits ?? Small.ToString(CultureInfo.InvariantCulture);
}
