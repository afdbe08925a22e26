using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What only the whole set shows: the same project, version and kind with different content.</summary>
internal static class Conflicts
{
    /// <summary>The same list in the same order, with the problem on every member of such a group.</summary>
    public static IReadOnlyList<Distribution> Mark(IReadOnlyList<Distribution> distributions)
    {
        var others = new Dictionary<int, string>();
        var all = distributions.Select((each, index) => (Index: index, Distribution: each)).ToList();
        // Two wheels of one version differ by their tags; only those of the very same name are at odds.
        Compare(
            all.Where(each =>
                each.Distribution
                    is { Kind: DistributionKind.Sdist, Name: not null, Version: not null, Sha256: not null }
            ),
            d => (d.Name!.Value, d.Version!.Value),
            others
        );
        Compare(
            all.Where(each => each.Distribution is { Kind: DistributionKind.Wheel, Sha256: not null, Path: not null }),
            d => System.IO.Path.GetFileName(d.Path!),
            others
        );
        return others.Count == 0
            ? distributions
            :
            [
                .. distributions.Select(
                    (each, index) => others.TryGetValue(index, out var other) ? Marked(each, other) : each
                ),
            ];
    }

    /// <summary>The distribution with the problem.</summary>
    /// <param name="other">The path of a different content.</param>
    public static Distribution Marked(Distribution d, string other) =>
        d with
        {
            Problems =
            [
                .. d.Problems,
                new ArchiveProblem(
                    "duplicate-content-differs",
                    d.Path!,
                    $"{d.Name} {d.Version} is also {other}, with different content",
                    false
                ),
            ],
        };

    /// <summary>Of each that shares its key with a different content: the first of these.</summary>
    private static void Compare<TKey>(
        IEnumerable<(int Index, Distribution Distribution)> distributions,
        Func<Distribution, TKey> key,
        Dictionary<int, string> others
    )
        where TKey : notnull
    {
        // The first of a key, and (where there are more) all of it: of a large archive nearly all are alone.
        var first = new Dictionary<TKey, (int Index, Distribution Distribution)>();
        var groups = new Dictionary<TKey, List<(int Index, Distribution Distribution)>>();
        foreach (var each in distributions)
        {
            var its = key(each.Distribution);
            if (first.TryAdd(its, each))
                continue;
            if (!groups.TryGetValue(its, out var group))
                groups[its] = group = [first[its]];
            group.Add(each);
        }
        foreach (
            var group in groups.Values.Where(group =>
                group.Exists(each => each.Distribution.Sha256 != group[0].Distribution.Sha256)
            )
        )
        {
            foreach (var (index, member) in group)
                others[index] = group.Find(each => each.Distribution.Sha256 != member.Sha256).Distribution.Path!;
        }
    }
}
