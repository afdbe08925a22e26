using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What only the whole set shows: the same project, version and kind with different content.</summary>
internal static class Conflicts
{
    /// <summary>The same list in the same order, with the problem on every member of such a group.</summary>
    public static IReadOnlyList<Distribution> Mark(IReadOnlyList<Distribution> distributions)
    {
        // Two wheels of one version differ by their tags; only those of the very same name are at odds.
        var others = new Dictionary<Distribution, string>(ReferenceEqualityComparer.Instance);
        Compare(distributions.Where(d => d is { Kind: DistributionKind.Sdist, Name: not null, Version: not null, Sha256: not null }), d => (d.Name!.Value, d.Version!.Value), others);
        Compare(distributions.Where(d => d is { Kind: DistributionKind.Wheel, Sha256: not null, Path: not null }), d => System.IO.Path.GetFileName(d.Path!), others);
        if (others.Count == 0) return distributions;
        return [.. distributions.Select(d => others.TryGetValue(d, out var other)
            ? d with { Problems = [.. d.Problems, new ArchiveProblem("duplicate-content-differs", $"{d.Path}: {d.Name} {d.Version} is also {other}, with different content", false)] }
            : d)];
    }

    /// <summary>Of each that shares its key with a different content: the first of these.</summary>
    private static void Compare<TKey>(IEnumerable<Distribution> distributions, Func<Distribution, TKey> key, Dictionary<Distribution, string> others)
        where TKey : notnull
    {
        // The first of a key, and (where there are more) all of it: of a large archive nearly all are alone.
        var first = new Dictionary<TKey, Distribution>();
        var groups = new Dictionary<TKey, List<Distribution>>();
        foreach (var each in distributions)
        {
            var its = key(each);
            if (first.TryAdd(its, each)) continue;
            if (!groups.TryGetValue(its, out var group)) groups[its] = group = [first[its]];
            group.Add(each);
        }
        foreach (var group in groups.Values.Where(group => group.Exists(each => each.Sha256 != group[0].Sha256)))
        {
            foreach (var member in group) others[member] = group.Find(each => each.Sha256 != member.Sha256)!.Path!;
        }
    }
}
