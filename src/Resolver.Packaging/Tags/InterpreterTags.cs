namespace Resolver.Packaging.Tags;

/// <summary>The tags that an interpreter accepts on given platforms, best first (PEP 425, "Use"; PEP 384 and 803 for
/// the stable ABIs; PEP 703 for free threading).</summary>
public static class InterpreterTags
{
    /// <summary>The ABIs of a build of CPython, its own first.</summary>
    /// <param name="release">With a minor number.</param>
    /// <param name="freeThreaded">Built without the global lock: from 3.13 on, <c>t</c>.</param>
    /// <param name="debug">Built for debugging: <c>d</c>. Since 3.8 such a build loads ordinary extensions as
    /// well.</param>
    public static IReadOnlyList<string> CPythonAbis(
        PythonRelease release,
        bool freeThreaded = false,
        bool debug = false
    )
    {
        var order = (release.Major, release.Minor ?? 0);
        var threading = freeThreaded && order.CompareTo((3, 13)) >= 0 ? "t" : "";
        // Before 3.8 the memory allocator, before 3.3 the width of characters stood in the name; here the usual
        // choices.
        var legacy =
            order.CompareTo((3, 8)) >= 0 ? ""
            : order.CompareTo((3, 3)) >= 0 ? "m"
            : "mu";
        var own = $"cp{release}{threading}{(debug ? "d" : "")}{legacy}";
        return debug && legacy.Length == 0 ? [own, $"cp{release}{threading}"] : [own];
    }

    /// <summary>
    /// CPython: its own ABIs, the stable ABI, none; then the stable ABI of each older minor release down to 3.2. The
    /// stable ABI is <c>abi3</c>, and for a free-threaded build (one whose first ABI says <c>t</c>) <c>abi3t</c>
    /// instead.
    /// </summary>
    public static IEnumerable<Tag> CPython(
        PythonRelease release,
        IEnumerable<string> abis,
        IReadOnlyList<string> platforms
    )
    {
        var interpreter = $"cp{release}";
        var own = abis.ToList();
        var freeThreaded = own.Count > 0 && IsFreeThreaded(own[0]);
        foreach (var later in freeThreaded ? (string[])["abi3", "abi3t", "none"] : ["abi3", "none"])
            own.Remove(later);
        foreach (var abi in own)
            foreach (var platform in platforms)
                yield return new(interpreter, abi, platform);
        var stable =
            release is { Minor: { } minor } && (release.Major, minor).CompareTo((3, 2)) >= 0
                ? (freeThreaded ? "abi3t" : "abi3")
                : null;
        if (stable is not null)
            foreach (var platform in platforms)
                yield return new(interpreter, stable, platform);
        foreach (var platform in platforms)
            yield return new(interpreter, "none", platform);
        if (stable is null)
            yield break;
        for (var older = release.Minor!.Value - 1; older >= 2; older--)
            foreach (var platform in platforms)
                yield return new($"cp{release.Major}{older}", stable, platform);
    }

    /// <summary>Any other interpreter: its ABIs, and none last unless it is among them.</summary>
    /// <param name="interpreter">Such as <c>pp310</c>.</param>
    /// <param name="abis">Such as <c>pypy310_pp73</c>.</param>
    /// <param name="platforms">Best first.</param>
    public static IEnumerable<Tag> Generic(
        string interpreter,
        IEnumerable<string> abis,
        IReadOnlyList<string> platforms
    )
    {
        var own = abis.ToList();
        if (!own.Contains("none"))
            own.Add("none");
        return from abi in own from platform in platforms select new Tag(interpreter, abi, platform);
    }

    /// <summary>What every interpreter of that release accepts: Python's own versions on each platform, then on
    /// any.</summary>
    /// <param name="release">The release.</param>
    /// <param name="interpreter">Whose <c>none-any</c> comes before the pure ones; null for none.</param>
    /// <param name="platforms">Best first.</param>
    public static IEnumerable<Tag> Compatible(
        PythonRelease release,
        string? interpreter,
        IReadOnlyList<string> platforms
    )
    {
        foreach (var python in Pythons(release))
            foreach (var platform in platforms)
                yield return new(python, "none", platform);
        if (interpreter is not null)
            yield return new(interpreter, "none", "any");
        foreach (var tag in Pure(release))
            yield return tag;
    }

    /// <summary>The tags of pure Python that a release accepts: <c>py312</c>, <c>py3</c>, then each older minor
    /// release.</summary>
    public static IEnumerable<Tag> Pure(PythonRelease release) =>
        Pythons(release).Select(python => new Tag(python, "none", "any"));

    private static IEnumerable<string> Pythons(PythonRelease release)
    {
        if (release.Minor is not null)
            yield return $"py{release}";
        yield return $"py{release.Major}";
        for (var older = (release.Minor ?? 0) - 1; older >= 0; older--)
            yield return $"py{release.Major}{older}";
    }

    /// <summary><c>cp313t</c>, <c>cp314td</c>: a <c>t</c> among the flags after the digits.</summary>
    private static bool IsFreeThreaded(string abi)
    {
        if (!abi.StartsWith("cp", StringComparison.Ordinal) || abi.Length < 3 || !char.IsAsciiDigit(abi[2]))
            return false;
        return abi.AsSpan(2).TrimStart("0123456789").Contains('t');
    }
}
