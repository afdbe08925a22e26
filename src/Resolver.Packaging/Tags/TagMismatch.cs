using System.Globalization;

namespace Resolver.Packaging.Tags;

/// <summary>Says which part of a wheel's tags does not fit: the Python, its ABI, or the platform.</summary>
public static class TagMismatch
{
    /// <summary>For a person, without naming the wheel: <c>is built for CPython 3.12, and this is CPython
    /// 3.11</c>. Of a wheel with several tags, the one that is nearest.</summary>
    /// <param name="tags">The wheel's; none of them is supported.</param>
    /// <param name="supported">Those of the interpreter, best first.</param>
    public static string Describe(IEnumerable<Tag> tags, SupportedTags supported)
    {
        var best = tags.Select(tag => (Tag: tag, Parts: Parts(tag, supported))).MinBy(each => each.Parts.Count);
        if (best.Parts is not { Count: > 0 } parts || supported.Tags.Count == 0)
            return "is built for another interpreter";
        var (tag, own) = (best.Tag, supported.Tags[0]);
        var (isPython, isPlatform) = (parts.Contains(Part.Python), parts.Contains(Part.Platform));
        var interpreter = Interpreter(tag.Interpreter) + (tag.Abi == "abi3" ? " or later" : "");
        if (parts.Contains(Part.Abi))
            return $"is built for the ABI {tag.Abi}, and this Python has the ABI {own.Abi}"
                + (isPlatform ? $"; its platform is {tag.Platform}" : "");
        if (!isPlatform)
            return $"is built for {interpreter}, and this is {Interpreter(own.Interpreter)}";
        var wanted = PlatformTag.Of(tag.Platform);
        var given = Platform(wanted, supported);
        // The same system and machine, only older.
        if (given.System == wanted.System && given.Machine == wanted.Machine && given.Version is { } version)
        {
            var older = $"this system has {given.Numbered(version)}";
            return isPython
                ? $"is built for {interpreter} and {wanted.Needed(withMachine: false)}, "
                    + $"and this is {Interpreter(own.Interpreter)}, and {older}"
                : $"is built for {wanted.Needed(withMachine: false)}, and {older}";
        }
        return isPython
            ? $"is built for {interpreter} on {wanted.Needed(withMachine: true)}, "
                + $"and this is {Interpreter(own.Interpreter)} on {given.Own}"
            : $"is built for {wanted.Needed(withMachine: true)}, and this is {given.Own}";
    }

    private enum Part
    {
        Python,
        Abi,
        Platform,
    }

    private static List<Part> Parts(Tag tag, SupportedTags supported)
    {
        var parts = new List<Part>();
        if (!supported.Tags.Any(each => each.Interpreter == tag.Interpreter && each.Abi == tag.Abi))
            parts.Add(IsThisPython(tag, supported) ? Part.Abi : Part.Python);
        if (!supported.Tags.Any(each => each.Platform == tag.Platform))
            parts.Add(Part.Platform);
        // Each part is known, but not with the others: what a Python may load depends on its platform.
        return parts.Count > 0 ? parts : [Part.Platform];
    }

    /// <summary>Whether the Python part fits this Python itself, or any: of another Python, the ABI does not
    /// matter.</summary>
    private static bool IsThisPython(Tag tag, SupportedTags supported) =>
        supported.Tags is [var own, ..]
        && (
            own.Interpreter == tag.Interpreter
            || (
                tag.Interpreter.StartsWith("py", StringComparison.Ordinal)
                && supported.Tags.Any(each => each.Interpreter == tag.Interpreter)
            )
        );

    /// <summary>What the machine is: the newest of the same system, where it has that, else its best.</summary>
    private static PlatformTag Platform(PlatformTag wanted, SupportedTags supported)
    {
        var all = supported.Tags.Select(each => each.Platform).Distinct().Select(PlatformTag.Of).ToList();
        return all.Where(each => each.System == wanted.System && each.Machine == wanted.Machine)
                .MaxBy(each => each.Version)
            ?? all.Where(each => each.System is "glibc" or "musl").MaxBy(each => each.Version)
            ?? all[0];
    }

    /// <summary><c>cp312</c> is CPython 3.12; <c>py3</c> Python 3.</summary>
    private static string Interpreter(string tag)
    {
        var letters = tag.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var digits = tag[letters.Length..];
        var name = letters switch
        {
            "cp" => "CPython",
            "pp" => "PyPy",
            "py" => "Python",
            _ => null,
        };
        if (name is null || digits.Length == 0)
            return tag;
        return digits.Length == 1
            ? $"{name} {digits}"
            : string.Create(CultureInfo.InvariantCulture, $"{name} {digits[0]}.{digits[1..]}");
    }
}
