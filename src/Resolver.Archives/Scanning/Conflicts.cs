using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What only the whole set shows: the same project, version and kind with different content.</summary>
internal static class Conflicts
{
    /// <summary>The same list in the same order, with the problem on every member of such a group.</summary>
    public static IReadOnlyList<Distribution> Mark(IReadOnlyList<Distribution> distributions)
    {
        var groups = distributions
            .Where(d => d is { Kind: DistributionKind.Sdist, Name: not null, Version: not null, Sha256: not null })
            .GroupBy(d => (d.Name!.Value, d.Version!.Value))
            .Where(g => g.Select(d => d.Sha256).Distinct().Skip(1).Any());
        var others = new Dictionary<Distribution, string>(ReferenceEqualityComparer.Instance);
        foreach (var group in groups)
        {
            foreach (var member in group) others[member] = group.First(d => d.Sha256 != member.Sha256).Path!;
        }
        // Two wheels of one version differ by their tags; only those of the very same name are at odds.
        foreach (var group in distributions.Where(d => d is { Kind: DistributionKind.Wheel, Sha256: not null, Path: not null }).GroupBy(d => System.IO.Path.GetFileName(d.Path!)).Where(g => g.Select(d => d.Sha256).Distinct().Skip(1).Any()))
        {
            foreach (var member in group) others[member] = group.First(d => d.Sha256 != member.Sha256).Path!;
        }
        if (others.Count == 0) return distributions;
        return [.. distributions.Select(d => others.TryGetValue(d, out var other)
            ? d with { Problems = [.. d.Problems, new ArchiveProblem("duplicate-content-differs", $"{d.Path}: {d.Name} {d.Version} is also {other}, with different content", false)] }
            : d)];
    }
}
