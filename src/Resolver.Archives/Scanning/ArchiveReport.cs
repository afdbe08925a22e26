using System.Collections;
using System.IO.Enumeration;
using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What is remarkable in an archive as a whole. Every list is in the order of the scan.</summary>
public sealed class ArchiveReport
{
    // What stands beside an archive under its whole name and one of these (PEP 658, 740; signatures, checksums).
    private static readonly string[] Companions =
    [
        ".metadata",
        ".asc",
        ".sig",
        ".sha256",
        ".md5",
        ".provenance",
        ".publish.attestation",
    ];

    private static readonly string[] Old = [".zip", ".tar", ".tar.bz2", ".tbz2", ".tbz", ".tar.lzma", ".tlz", ".tar.Z"];

    private readonly IReadOnlyList<Distribution> distributions;
    private readonly FileSummaries summaries;
    private readonly int containers;

    private ArchiveReport(IReadOnlyList<Distribution> distributions, IReadOnlyList<string> orphaned)
    {
        (this.distributions, Orphaned) = (distributions, orphaned);
        // Each is looked at once, and only what it is remembered: an archive may be large.
        summaries = distributions is ISummarizedDistributions known ? known.Summaries : FileSummaries.Of(distributions);
        Duplicates = DuplicatesOf(distributions, summaries);
        Nameless = new SelectedDistributions(
            distributions,
            [.. summaries.Nameless.Where(at => (summaries[at].Remarks & Remark.Container) == 0)]
        );
        containers = summaries.Nameless.Count - Nameless.Count;
        (Differing, Misnamed, Unreadable, Legacy, Unknown) = (
            Having(Remark.Differing),
            Having(Remark.Misnamed),
            Having(Remark.Unreadable),
            Having(Remark.Legacy),
            Having(Remark.Unknown)
        );

        SelectedDistributions Having(Remark which) => new(distributions, summaries.Having(which));
    }

    /// <summary>How many distributions there are; an archive whose projects are in its folders counts as
    /// these.</summary>
    public int Count => distributions.Count - containers;

    /// <summary>The path of each, where it has one.</summary>
    public IEnumerable<string> Paths => distributions.Select(each => each.Path).OfType<string>();

    /// <summary>The distributions of each project, by name.</summary>
    public IReadOnlyList<IReadOnlyList<Distribution>> Projects =>
        new Groups(distributions, summaries.Projects.Count, i => summaries.At(i));

    /// <summary>Those whose name is not known.</summary>
    public IReadOnlyList<Distribution> Nameless { get; }

    /// <summary>Characters of the longest name and version that takes no more than so many, with a blank between
    /// them; of longer ones, so many.</summary>
    public int LongestTitle(int most)
    {
        var longest = 0;
        for (var i = 0; i < summaries.Count; i++)
            longest = Math.Max(longest, Math.Min(most, summaries[i].TitleLength));
        return longest;
    }

    /// <summary>Groups of files with the same content.</summary>
    public IReadOnlyList<IReadOnlyList<Distribution>> Duplicates { get; }

    /// <summary>Those of one name and version whose contents differ.</summary>
    public IReadOnlyList<Distribution> Differing { get; }

    /// <summary>Those whose file name says something else than their content.</summary>
    public IReadOnlyList<Distribution> Misnamed { get; }

    /// <summary>Those of an old form (<see cref="LegacyOf"/>).</summary>
    public IReadOnlyList<Distribution> Legacy { get; }

    /// <summary>Those of which nothing can be used.</summary>
    public IReadOnlyList<Distribution> Unreadable { get; }

    /// <summary>Those of which something cannot be known without running code.</summary>
    public IReadOnlyList<Distribution> Unknown { get; }

    /// <summary>Signatures, checksums and metadata files whose archive is not beside them; paths as given.</summary>
    public IReadOnlyList<string> Orphaned { get; }

    /// <param name="distributions">What a scan found.</param>
    /// <param name="orphaned">What <see cref="OrphanedBelow"/> found.</param>
    public static ArchiveReport Of(IReadOnlyList<Distribution> distributions, IReadOnlyList<string> orphaned) =>
        new(distributions, orphaned);

    /// <summary>In what way a distribution is of an old form, for a person, or null where it is not.</summary>
    public static string? LegacyOf(Distribution each)
    {
        if (each.Path is null || DistributionPath.Parse(each.Path) is not { Subdirectory: null } path)
            return null;
        var name = path.FileName;
        if (name.EndsWith(".egg", StringComparison.OrdinalIgnoreCase))
            return "an egg, which pip does not install any more";
        if (each.Kind == DistributionKind.Wheel || each.Name is null)
            return null;
        if (each.BuildRequires is not null && each.BuildBackend == Packaging.PyProjects.BuildSystem.LegacyBackend)
            return "built by setup.py, without a [build-system]";
        // What distributors pack today is no legacy, though PEP 625 only knows .tar.gz.
        return
            each.Kind == DistributionKind.Sdist
            && Old.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            ? "not a .tar.gz (PEP 625)"
            : null;
    }

    private static Groups DuplicatesOf(IReadOnlyList<Distribution> distributions, FileSummaries summaries)
    {
        // By the beginning of their hashes first: of those that agree in it the whole is compared.
        var files = new List<int>(summaries.Count);
        for (var i = 0; i < summaries.Count; i++)
        {
            if (summaries[i].Content != 0 && (summaries[i].Remarks & Remark.Part) == 0)
                files.Add(i);
        }
        var order = files.ToArray();
        var contents = Array.ConvertAll(order, i => summaries[i].Content);
        Array.Sort(contents, order);
        var groups = new List<int[]>();
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && contents[end] == contents[start]; end++) { }
            if (end - start > 1)
                groups.AddRange(
                    order[start..end]
                        .Order()
                        .GroupBy(i => distributions[i].Sha256)
                        .Select(same => same.ToArray())
                        .Where(same => same.Length > 1)
                );
        }
        groups.Sort((a, b) => a[0].CompareTo(b[0]));
        return new Groups(distributions, groups.Count, i => groups[i]);
    }

    /// <summary>For <see cref="Orphaned"/>: what is beside the archives below the given paths without belonging to
    /// one.</summary>
    public static IReadOnlyList<string> OrphanedBelow(IReadOnlyList<string> paths)
    {
        var orphaned = new List<string>();
        foreach (var path in paths.Where(Directory.Exists))
        {
            var root = Path.GetFullPath(path);
            var prefix = DirectoryWalk.Prefix(path.Length > 1 ? path.TrimEnd('/') : path);
            // Names alone are looked at, as they come: of the many files that are archives nothing is made.
            var found = new FileSystemEnumerable<string>(
                root,
                (ref entry) => entry.ToFullPath(),
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    IgnoreInaccessible = true,
                    AttributesToSkip = 0,
                }
            )
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && HasCompanionSuffix(entry.FileName),
                ShouldRecursePredicate = (ref entry) =>
                    DirectoryWalk.IsEntered(entry.FileName.ToString())
                    && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                    && !FolderLook.At(entry.ToFullPath()).IsTree,
            };
            try
            {
                orphaned.AddRange(found.Where(IsOrphaned).Select(file => prefix + Path.GetRelativePath(root, file)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The scan itself says what cannot be listed.
            }
        }
        return [.. orphaned.Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool HasCompanionSuffix(ReadOnlySpan<char> name)
    {
        foreach (var companion in Companions)
        {
            if (name.EndsWith(companion, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static bool IsOrphaned(string file)
    {
        foreach (var companion in Companions)
        {
            if (
                file.EndsWith(companion, StringComparison.Ordinal)
                && file[..^companion.Length] is var archive
                && ContainerFormat.OfName(Path.GetFileName(archive)) is not null
            )
                return !File.Exists(archive);
        }
        return false;
    }

    /// <summary>Groups of a list, each made when it is looked at.</summary>
    /// <param name="members">The places of a group's members.</param>
    private sealed class Groups(IReadOnlyList<Distribution> all, int count, Func<int, IReadOnlyList<int>> members)
        : IReadOnlyList<IReadOnlyList<Distribution>>
    {
        public int Count => count;

        public IReadOnlyList<Distribution> this[int index] => new SelectedDistributions(all, members(index));

        public IEnumerator<IReadOnlyList<Distribution>> GetEnumerator() =>
            Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
