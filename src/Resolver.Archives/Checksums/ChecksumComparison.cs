using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Checksums;

/// <summary>An archive against a list of hashes.</summary>
public sealed class ChecksumComparison
{
    private ChecksumComparison(
        IReadOnlyList<(Distribution, string)> different,
        IReadOnlyList<string> missing,
        int agreeing,
        int unlisted
    ) => (Different, Missing, Agreeing, Unlisted) = (different, missing, agreeing, unlisted);

    /// <summary>Files with another content than they are said to have, and the hash they should have.</summary>
    public IReadOnlyList<(Distribution Distribution, string Expected)> Different { get; }

    /// <summary>Files that are listed and not there.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>How many files are as they are said to be.</summary>
    public int Agreeing { get; }

    /// <summary>How many files the list says nothing of.</summary>
    public int Unlisted { get; }

    /// <summary>Whether every listed file is there and as listed.</summary>
    public bool Holds => Different.Count == 0 && Missing.Count == 0;

    /// <summary>Compares. A name that is listed more than once may have any of the hashes.</summary>
    /// <param name="found">What a scan found.</param>
    /// <param name="expected">What the list says. Files that lie elsewhere than what was scanned are looked for on
    /// disk: a list may hold more than archives.</param>
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
        var different = new List<(Distribution, string)>();
        var (agreeing, unlisted) = (0, 0);
        foreach (var file in files)
        {
            var full = Path.GetFullPath(DistributionPath.Parse(file.Path!).File);
            var its = byPath[full].Concat(byName[Path.GetFileName(full)]).ToList();
            met.UnionWith(its);
            if (its.Count == 0)
                unlisted++;
            else if (its.Exists(each => each.Sha256 == file.Sha256))
                agreeing++;
            else
                different.Add((file, its[0].Sha256));
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
}
