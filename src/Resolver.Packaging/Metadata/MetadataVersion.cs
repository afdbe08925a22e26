using NuGet.Versioning;

namespace Resolver.Packaging.Metadata;

/// <summary>Version of the metadata format (core metadata, "Metadata-Version"): a major and a minor number, compared
/// as numbers.</summary>
public readonly record struct MetadataVersion(int Major, int Minor) : IComparable<MetadataVersion>
{
    /// <summary>The first version in which a source distribution's values are guaranteed unless marked Dynamic (PEP
    /// 643).</summary>
    public static MetadataVersion FirstWithDynamic => new(2, 2);

    /// <summary>The first version in which a value that is present and Dynamic is a lower bound (PEP 808).</summary>
    public static MetadataVersion FirstWithLowerBounds => new(2, 6);

    /// <summary>The newest version known here.</summary>
    public static MetadataVersion Newest => new(2, 6);

    /// <summary>Reads <c>MAJOR.MINOR</c>; false for anything else.</summary>
    public static bool TryParse(string text, out MetadataVersion version)
    {
        version = default;
        // NuGet.Versioning reads the numbers; its tolerance for a missing minor, a third part or a label is not this
        // format's.
        if (text.Count(c => c == '.') != 1 || !text.All(c => char.IsAsciiDigit(c) || c == '.'))
            return false;
        if (text.StartsWith('.') || text.EndsWith('.') || !NuGetVersion.TryParse(text, out var parsed))
            return false;
        version = new MetadataVersion(parsed.Major, parsed.Minor);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(MetadataVersion other) =>
        Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    /// <summary>Earlier, by major, then minor number.</summary>
    public static bool operator <(MetadataVersion a, MetadataVersion b) => a.CompareTo(b) < 0;

    /// <summary>Later, by major, then minor number.</summary>
    public static bool operator >(MetadataVersion a, MetadataVersion b) => a.CompareTo(b) > 0;

    /// <summary>Earlier or the same, by major, then minor number.</summary>
    public static bool operator <=(MetadataVersion a, MetadataVersion b) => a.CompareTo(b) <= 0;

    /// <summary>Later or the same, by major, then minor number.</summary>
    public static bool operator >=(MetadataVersion a, MetadataVersion b) => a.CompareTo(b) >= 0;
}
