using System.Globalization;
using System.Numerics;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Markers.Regions;

/// <summary>A final release of Python, such as 3.12.4. Pre-releases of Python are nobody's target: they are judged by
/// a marker as it stands, never planned for.</summary>
internal readonly record struct FinalRelease(int Major, int Minor, int Micro) : IComparable<FinalRelease>
{
    // Far above any number that is in use, and far below what an addition could overflow.
    private const int Highest = 1_000_000;

    public static FinalRelease Lowest { get; } = new(0, 0, 0);

    public FinalRelease NextMicro => this with { Micro = Micro + 1 };

    public FinalRelease NextMinor => new(Major, Minor + 1, 0);

    public FinalRelease NextMajor => new(Major + 1, 0, 0);

    /// <summary>The first three numbers of a version.</summary>
    public static FinalRelease Of(Version version)
    {
        var release = version.Release;
        return new(Number(release, 0), Number(release, 1), Number(release, 2));
    }

    public int CompareTo(FinalRelease other) =>
        (Major, Minor, Micro).CompareTo((other.Major, other.Minor, other.Micro));

    /// <summary>As <c>python_version</c> has it.</summary>
    public string MinorText => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Micro}");

    private static int Number(IReadOnlyList<BigInteger> release, int index) =>
        index < release.Count ? (int)BigInteger.Min(release[index], Highest) : 0;
}
