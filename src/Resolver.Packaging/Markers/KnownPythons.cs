using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Markers;

/// <summary>Which versions of Python exist, as far as this program knows.</summary>
public static class KnownPythons
{
    /// <summary>The first minor version that does not exist yet: 3.15 was released in October 2026 (PEP 790).</summary>
    public static Version FirstUnknown { get; } = Version.Parse("3.16");

    /// <summary>Whether the version, or its minor version, exists.</summary>
    public static bool Include(Version python) => python.CompareTo(FirstUnknown) < 0;
}
