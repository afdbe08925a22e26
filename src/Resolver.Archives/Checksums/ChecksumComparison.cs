using Resolver.Archives.Distributions;
using Resolver.Archives.Hashes;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Hashes;

namespace Resolver.Archives.Checksums;

/// <summary>An archive against a list of hashes.</summary>
public sealed class ChecksumComparison
{
    private ChecksumComparison(
        IReadOnlyList<DifferentFile> different,
        IReadOnlyList<string> missing,
        int agreeing,
        int unlisted
    ) => (Different, Missing, Agreeing, Unlisted) = (different, missing, agreeing, unlisted);

    /// <summary>Files with another content than they are said to have.</summary>
    public IReadOnlyList<DifferentFile> Different { get; }

    /// <summary>Files that are listed and not there.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>How many files are as they are said to be.</summary>
    public int Agreeing { get; }

    /// <summary>How many files the list says nothing of.</summary>
    public int Unlisted { get; }

    /// <summary>Whether every listed file is there and as listed.</summary>
    public bool Holds => Different.Count == 0 && Missing.Count == 0;

    /// <summary>Compares. A name that is listed more than once may have any of the hashes of one kind, and must have
    /// one of each kind.</summary>
    /// <param name="found">What a scan found.</param>
    /// <param name="expected">What the list says. Files that lie elsewhere than what was scanned are looked for on
    /// disk: a list may hold more than archives.</param>
    /// <exception cref="IOException">A file cannot be read to compute a digest of another kind than
    /// SHA-256.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ChecksumComparison Of(IReadOnlyList<Distribution> found, IReadOnlyList<ExpectedFile> expected)
    {
        var files = found
            .Where(each =>
                each is { Path: { } path, Size: not null } && DistributionPath.Parse(path).Subdirectory is null
            )
            .ToList();
        var byPath = expected.Where(each => each.IsPath).ToLookup(each => each.File, StringComparer.Ordinal);
        var byName = expected.Where(each => !each.IsPath).ToLookup(each => each.Name, StringComparer.Ordinal);
        var met = new HashSet<ExpectedFile>();
        var different = new List<DifferentFile>();
        var (agreeing, unlisted) = (0, 0);
        foreach (var file in files)
        {
            var full = Path.GetFullPath(DistributionPath.Parse(file.Path!).File);
            var its = byPath[full].Concat(byName[Path.GetFileName(full)]).ToList();
            met.UnionWith(its);
            if (its.Count == 0)
                unlisted++;
            else if (Difference(file, full, its) is { } difference)
                different.Add(difference);
            else
                agreeing++;
        }
        var missing = new List<string>();
        foreach (var each in expected.Where(each => !met.Contains(each)))
        {
            if (each.IsPath && File.Exists(each.File) && Containers.ContainerFormat.OfName(each.Name) is null)
                continue; // no archive, so no business of a scan
            missing.Add(each.File);
        }
        return new ChecksumComparison(
            different,
            [.. missing.Distinct().Order(StringComparer.Ordinal)],
            agreeing,
            unlisted
        );
    }

    private static DifferentFile? Difference(Distribution file, string path, List<ExpectedFile> expected)
    {
        var kinds = expected.Select(each => each.Hash.Kind).Distinct().ToList();
        var further = kinds.Where(kind => kind != HashKind.Sha256 || file.Sha256 is null).ToList();
        var digests = further.Count == 0 ? new Dictionary<HashKind, string>() : FileDigests.Of(path, further);
        foreach (var kind in kinds)
        {
            var found = digests.GetValueOrDefault(kind) ?? file.Sha256!;
            var hashes = expected.Where(each => each.Hash.Kind == kind).Select(each => each.Hash).ToList();
            if (!hashes.Exists(each => each.Digest == found))
                return new DifferentFile(file, hashes[0], found);
        }
        return null;
    }
}
