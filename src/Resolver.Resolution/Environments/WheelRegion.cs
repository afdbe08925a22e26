using System.Globalization;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;

namespace Resolver.Resolution.Environments;

/// <summary>
/// What the tags of a wheel (PEP 425, 600, 656) say in terms of markers: on which Pythons and systems it can run.
/// Markers know no C library and no release of a system, so all manylinux and musllinux wheels of a machine are for
/// 'Linux on it'.
/// </summary>
internal static class WheelRegion
{
    private static readonly string[] Machines =
    [
        "x86_64",
        "i686",
        "i386",
        "aarch64",
        "arm64",
        "armv8l",
        "armv7l",
        "armv6l",
        "ppc64le",
        "ppc64",
        "s390x",
        "riscv64",
        "loongarch64",
        "amd64",
    ];

    /// <summary>The environments that one of the tags is for.</summary>
    public static MarkerRegion Of(IEnumerable<Tag> tags) =>
        tags.Aggregate(MarkerRegion.None, (union, tag) => union.Or(OfInterpreter(tag).And(OfPlatform(tag.Platform))));

    /// <summary>How well a wheel suits where several do: a build for this very Python before one for several, then
    /// the one that asks least of the system. 0 is best.</summary>
    public static int Rank(IEnumerable<Tag> tags) =>
        tags.Min(tag =>
            (
                tag.Abi switch
                {
                    "none" => 2,
                    "abi3" => 1,
                    _ => 0,
                } * 1000
            )
            + (
                tag.Platform == "any" ? 500
                : tag.Platform.StartsWith("musl", StringComparison.Ordinal) ? 400
                : Release(tag.Platform)
            )
        );

    private static int Release(string platform) =>
        platform.Split('_') switch
        {
            ["manylinux1", ..] => 5,
            ["manylinux2010", ..] => 12,
            ["manylinux2014", ..] => 17,
            [_, _, var minor, ..]
                when int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => Math.Min(
                number,
                300
            ),
            _ => 350,
        };

    private static MarkerRegion OfInterpreter(Tag tag)
    {
        var digits = tag.Interpreter.AsSpan().IndexOfAnyInRange('0', '9');
        if (digits < 0)
            return MarkerRegion.All;
        var (name, release) = (tag.Interpreter[..digits], tag.Interpreter[digits..]);
        // Free-threaded builds have binaries of their own, and no marker distinguishes them: a plan by markers is for
        // ordinary ones.
        if (
            tag.Abi.EndsWith('t') && tag.Abi.StartsWith("cp", StringComparison.Ordinal)
            || !release.All(char.IsAsciiDigit)
        )
            return MarkerRegion.None;
        var version = release.Length == 1 ? release : $"{release[0]}.{release[1..]}";
        var bound = name switch
        {
            // There is no Python 4, so 'py3' is no bound above.
            "py" when version[0] == '3' => $">={version}",
            "cp" when tag.Abi == "abi3" => $">={version}",
            "py" when release.Length > 1 => $">={version},=={version[0]}.*",
            _ => $"=={version}.*",
        };
        var python = MarkerRegion.OfPython(SpecifierSet.Parse(bound));
        return name switch
        {
            "py" => python,
            "cp" => python.And(MarkerRegion.OfText("implementation_name", "cpython")),
            "pp" => python.And(MarkerRegion.OfText("implementation_name", "pypy")),
            _ => MarkerRegion.OfText("implementation_name", name),
        };
    }

    private static MarkerRegion OfPlatform(string platform)
    {
        if (platform == "any")
            return MarkerRegion.All;
        if (platform is "win32" or "win_amd64" or "win_arm64")
            return System(
                "win32",
                platform switch
                {
                    "win32" => ["x86"],
                    "win_amd64" => ["AMD64"],
                    _ => ["ARM64"],
                }
            );
        var machine = Machines.FirstOrDefault(each => platform.EndsWith("_" + each, StringComparison.Ordinal));
        if (platform.StartsWith("macosx_", StringComparison.Ordinal))
            return System(
                "darwin",
                machine is not null ? [machine]
                    : platform.EndsWith("universal2", StringComparison.Ordinal) ? ["x86_64", "arm64"]
                    : ["x86_64", "i386"]
            );
        if (platform.Contains("linux", StringComparison.Ordinal))
            return System("linux", machine is null ? [] : [machine]);
        var parts = platform.Split('_');
        // Other systems count themselves in sys.platform: freebsd13.
        return System(
            parts.Length > 2 && int.TryParse(parts[1], out _) && parts[0] is not ("ios" or "android")
                ? parts[0] + parts[1]
                : parts[0],
            machine is null ? [] : [machine]
        );
    }

    private static MarkerRegion System(string name, string[] machines)
    {
        var system = MarkerRegion.OfText("sys_platform", name);
        return machines.Length == 0 ? system : system.And(MarkerRegion.OfText("platform_machine", machines));
    }
}
