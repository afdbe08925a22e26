using System.Globalization;

namespace Resolver.Packaging.Tags;

/// <summary>Says which part of a wheel's tags does not fit: the Python, its ABI, or the platform.</summary>
public static class TagMismatch
{
    /// <summary>For a person, without naming the wheel: <c>is a wheel for CPython 3.12, and this is CPython 3.11</c>.
    /// Of a wheel with several tags, the one that is nearest.</summary>
    /// <param name="tags">The wheel's; none of them is supported.</param>
    public static string Describe(IEnumerable<Tag> tags, SupportedTags supported)
    {
        var best = tags.Select(tag => (Tag: tag, Parts: Parts(tag, supported))).MinBy(each => each.Parts.Count);
        if (best.Parts is not { Count: > 0 } parts)
            return "is a wheel for another interpreter";
        var own = supported.Tags.Count > 0 ? supported.Tags[0] : default;
        var wanted = string.Join(" and ", parts.Select(part => Wanted(part, best.Tag)));
        var given = string.Join(
            " and ",
            parts.Select(part => part == Part.Platform ? Nearest(best.Tag.Platform, supported) : Given(part, own))
        );
        return $"is a wheel for {wanted}, and this is {given}";
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
        // An abi3 wheel of an older Python is fit, so its Python tag is a known one; an ABI of that Python's own
        // still is another Python's.
        var ownAbi =
            tag.Abi.StartsWith(tag.Interpreter, StringComparison.Ordinal)
            && supported.Tags is [var own, ..]
            && own.Interpreter != tag.Interpreter;
        if (!supported.Tags.Any(each => each.Interpreter == tag.Interpreter) || ownAbi)
            parts.Add(Part.Python);
        else if (!supported.Tags.Any(each => each.Interpreter == tag.Interpreter && each.Abi == tag.Abi))
            parts.Add(Part.Abi);
        if (!supported.Tags.Any(each => each.Platform == tag.Platform))
            parts.Add(Part.Platform);
        // Each part is known, but not with the others: what a Python may load depends on its platform.
        return parts.Count > 0 ? parts : [Part.Platform];
    }

    private static string Wanted(Part part, Tag tag) =>
        part switch
        {
            Part.Python => Interpreter(tag.Interpreter),
            Part.Abi => $"the ABI {tag.Abi}",
            _ => Platform(tag.Platform),
        };

    private static string Given(Part part, Tag own) =>
        part switch
        {
            Part.Python => Interpreter(own.Interpreter ?? ""),
            Part.Abi => $"{own.Abi}",
            _ => Platform(own.Platform ?? ""),
        };

    /// <summary>The best supported platform of the same family and machine, which shows what is too new; else the
    /// first.</summary>
    private static string Nearest(string platform, SupportedTags supported)
    {
        var family = platform.Split('_')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var machine = platform[(platform.LastIndexOf('_') + 1)..];
        var near = supported
            .Tags.Select(each => each.Platform)
            .FirstOrDefault(each =>
                each.StartsWith(family, StringComparison.Ordinal)
                && each.EndsWith(machine, StringComparison.Ordinal)
                && family is "manylinux" or "musllinux" or "macosx"
            );
        return near is null || !near.StartsWith(family, StringComparison.Ordinal)
            ? Platform(supported.Tags.Count > 0 ? supported.Tags[0].Platform : "")
            : $"{near} or older";
    }

    private static string Platform(string tag) => tag == "any" ? "any platform" : tag;

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
