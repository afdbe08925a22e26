namespace Resolver.Packaging.Tags;

/// <summary>The tags an interpreter accepts, best first (PEP 425, "Use"). Immutable; safe for several
/// threads.</summary>
public sealed class SupportedTags
{
    private readonly Dictionary<Tag, int> ranks;

    /// <summary>From tags in order, best first. Of duplicates the first counts.</summary>
    public SupportedTags(IEnumerable<Tag> tags)
    {
        // A system may spell itself otherwise: freebsd_13_2_RELEASE_amd64.
        Tags = [.. tags.Select(Lower)];
        ranks = new(Tags.Count);
        for (var i = 0; i < Tags.Count; i++)
            ranks.TryAdd(Tags[i], i);
    }

    private static Tag Lower(Tag tag) =>
        new(tag.Interpreter.ToLowerInvariant(), tag.Abi.ToLowerInvariant(), tag.Platform.ToLowerInvariant());

    /// <summary>What an interpreter accepts.</summary>
    /// <param name="implementation">Its short name (PEP 425, "Python Tag"): <c>cp</c>, <c>pp</c>; others by their
    /// full name, such as <c>graalpy</c>.</param>
    /// <param name="release">The release of Python it implements.</param>
    /// <param name="abis">Its ABIs, its own first: see <see cref="InterpreterTags.CPythonAbis"/>; for PyPy such as
    /// <c>pypy310_pp73</c>.</param>
    /// <param name="platforms">See <see cref="PlatformTags"/>.</param>
    public static SupportedTags For(
        string implementation,
        PythonRelease release,
        IEnumerable<string> abis,
        IReadOnlyList<string> platforms
    )
    {
        var own =
            implementation == "cp"
                ? InterpreterTags.CPython(release, abis, platforms)
                : InterpreterTags.Generic(implementation + release, abis, platforms);
        // PyPy's own tag without a platform names the major release only.
        var pure = implementation switch
        {
            "cp" => $"cp{release}",
            "pp" => "pp3",
            _ => null,
        };
        return new(own.Concat(InterpreterTags.Compatible(release, pure, platforms)));
    }

    /// <summary>An ordinary build of CPython.</summary>
    public static SupportedTags ForCPython(int major, int minor, IReadOnlyList<string> platforms) =>
        For("cp", new(major, minor), InterpreterTags.CPythonAbis(new(major, minor)), platforms);

    /// <summary>All of them, best first.</summary>
    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>The place of the best of these tags (0 is best), or -1 where none is supported.</summary>
    public int BestIndex(IEnumerable<Tag> tags)
    {
        var best = -1;
        foreach (var tag in tags)
            if (ranks.TryGetValue(tag, out var rank) && (best < 0 || rank < best))
                best = rank;
        return best;
    }

    /// <summary>Those that are supported, best first; equals stay in the order given.</summary>
    public IReadOnlyList<T> Select<T>(IEnumerable<T> items, Func<T, IEnumerable<Tag>> tagsOf) =>
        [
            .. items
                .Select(item => (Item: item, Rank: BestIndex(tagsOf(item))))
                .Where(item => item.Rank >= 0)
                .OrderBy(item => item.Rank)
                .Select(item => item.Item),
        ];
}
