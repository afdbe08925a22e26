using System.Globalization;

namespace Resolver.Packaging.Tags;

/// <summary>The platform part of a tag (PEP 425, 600, 656) as a person names it.</summary>
/// <param name="System"><c>glibc</c>, <c>musl</c>, <c>macOS</c>, <c>Windows</c> or <c>Linux</c>; the tag itself where
/// it is none of these.</param>
/// <param name="Version">Of glibc, musl or macOS, the oldest that will do; null where the tag names none.</param>
/// <param name="Machine"><c>x86_64</c>; empty where the tag names none.</param>
internal sealed record PlatformTag(string System, (int Major, int Minor)? Version, string Machine)
{
    /// <summary>Reads a tag; whatever is unknown is kept as it is.</summary>
    public static PlatformTag Of(string tag)
    {
        var parts = tag.Split('_', 4);
        return parts switch
        {
            ["manylinux1", _, ..] => new("glibc", (2, 5), Rest(tag, 1)),
            ["manylinux2010", _, ..] => new("glibc", (2, 12), Rest(tag, 1)),
            ["manylinux2014", _, ..] => new("glibc", (2, 17), Rest(tag, 1)),
            ["manylinux", var major, var minor, var machine] when Read(major, minor) is { } version => new(
                "glibc",
                version,
                machine
            ),
            ["musllinux", var major, var minor, var machine] when Read(major, minor) is { } version => new(
                "musl",
                version,
                machine
            ),
            ["macosx", var major, var minor, var machine] when Read(major, minor) is { } version => new(
                "macOS",
                version,
                machine
            ),
            ["linux", _, ..] => new("Linux", null, Rest(tag, 1)),
            ["win32"] => new("Windows", null, "x86"),
            ["win", "amd64"] => new("Windows", null, "x86_64"),
            ["win", var machine] => new("Windows", null, machine),
            _ => new(tag, null, ""),
        };
    }

    /// <summary>What a wheel with the tag needs: <c>glibc 2.39 or later</c>, <c>Windows (x86_64)</c>.</summary>
    /// <param name="withMachine">Whether the machine differs, or is worth saying.</param>
    public string Needed(bool withMachine) =>
        (Version is { } version ? $"{Numbered(version)} or later" : System)
        + (withMachine && Machine.Length > 0 ? $" ({Machine})" : "");

    /// <summary>What a machine is, whose best platform has the tag: <c>Linux with glibc 2.36 (x86_64)</c>.</summary>
    public string Own =>
        (
            System is "glibc" or "musl" ? $"Linux with {Numbered(Version!.Value)}"
            : Version is { } version ? Numbered(version)
            : System
        ) + (Machine.Length > 0 ? $" ({Machine})" : "");

    /// <summary><c>glibc 2.36</c>.</summary>
    public string Numbered((int Major, int Minor) version) =>
        string.Create(CultureInfo.InvariantCulture, $"{System} {version.Major}.{version.Minor}");

    private static string Rest(string tag, int parts) => tag.Split('_', parts + 1)[^1];

    private static (int, int)? Read(string major, string minor) =>
        int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? (first, second)
            : null;
}
