using System.Text.Json;
using Resolver.Packaging.Tags;

namespace Resolver.Interpreters;

/// <summary>Turns what the probe says of builds and platforms into the tags that the interpreter accepts, best
/// first.</summary>
internal static class ProbeTags
{
    public static IReadOnlyList<Tag> Of(JsonElement facts, string implementation)
    {
        var version = facts.GetProperty("version");
        var release = new PythonRelease(version[0].GetInt32(), version[1].GetInt32());
        var platforms = Platforms(facts);
        if (implementation == "cpython")
        {
            var abis = InterpreterTags.CPythonAbis(
                release,
                facts.GetProperty("free_threaded").GetBoolean(),
                facts.GetProperty("debug").GetBoolean()
            );
            return
            [
                .. InterpreterTags.CPython(release, abis, platforms),
                .. InterpreterTags.Compatible(release, $"cp{release}", platforms),
            ];
        }
        var interpreter = implementation switch
        {
            "pypy" => $"pp{release}",
            _ => $"{implementation}{release}",
        };
        return
        [
            .. InterpreterTags.Generic(interpreter, GenericAbis(facts), platforms),
            .. InterpreterTags.Compatible(release, interpreter, platforms),
        ];
    }

    /// <summary>From SOABI, as packaging does: <c>pypy310-pp73</c> and the like lose their platform part.</summary>
    private static IEnumerable<string> GenericAbis(JsonElement facts)
    {
        if (facts.GetProperty("soabi").GetString() is not { Length: > 0 } soabi)
            return [];
        var parts = soabi.Split('-');
        var abi =
            soabi.StartsWith("pypy", StringComparison.Ordinal) || soabi.StartsWith("graalpy", StringComparison.Ordinal)
                ? string.Join('-', parts.Take(soabi.StartsWith('p') ? 2 : 3))
                : parts[0];
        return [abi.Replace('.', '_').Replace('-', '_').Replace(' ', '_')];
    }

    private static IReadOnlyList<string> Platforms(JsonElement facts)
    {
        var platform = facts.GetProperty("platform").GetString() ?? "";
        if (platform.StartsWith("linux-", StringComparison.Ordinal))
            return PlatformTags.Linux(
                platform["linux-".Length..],
                Number(facts, "glibc"),
                Number(facts, "musl"),
                facts.GetProperty("bits").GetInt32() == 32
            );
        if (Number(facts, "mac") is { } mac)
            return PlatformTags.MacOS(mac.Major, mac.Minor, facts.GetProperty("machine").GetString() ?? "");
        return platform.StartsWith("win", StringComparison.Ordinal)
            ? PlatformTags.Windows(platform)
            : PlatformTags.Generic(platform);
    }

    private static (int Major, int Minor)? Number(JsonElement facts, string name)
    {
        if (
            facts.GetProperty(name).GetString()?.Split('.') is not [var major, ..] parts
            || !int.TryParse(major, out var first)
        )
            return null;
        // glibc of some vendors reads '2.20-2014.11'.
        var second = parts.Length > 1 ? new string([.. parts[1].TakeWhile(char.IsAsciiDigit)]) : "";
        return (first, int.TryParse(second, out var minor) ? minor : 0);
    }
}
