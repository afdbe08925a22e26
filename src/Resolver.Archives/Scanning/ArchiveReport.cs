using System.IO.Enumeration;
using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>What is remarkable in an archive as a whole. Every list is in the order of the scan.</summary>
public sealed class ArchiveReport
{
    // What stands beside an archive under its whole name and one of these (PEP 658, 740; signatures, checksums).
    private static readonly string[] Companions = [".metadata", ".asc", ".sig", ".sha256", ".md5", ".provenance", ".publish.attestation"];

    private static readonly string[] Old = [".zip", ".tar", ".tar.bz2", ".tbz2", ".tbz", ".tar.lzma", ".tlz", ".tar.Z"];

    private ArchiveReport(IReadOnlyList<Distribution> distributions, IReadOnlyList<string> orphaned)
    {
        Orphaned = orphaned;
        Duplicates = DuplicatesOf(distributions);
        Differing = Having(distributions, "duplicate-content-differs");
        Misnamed = Having(distributions, "name-mismatch", "wheel-name-invalid", "archive-suffix");
        Unreadable = [.. distributions.Where(each => each.Name is null || (each.Problems.Count > 0 && each.Problems.Any(problem => problem.Fatal)))];
        Legacy = [.. distributions.Where(each => LegacyOf(each) is not null)];
        Unknown = Having(distributions, "metadata-dynamic");
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
    public static ArchiveReport Of(IReadOnlyList<Distribution> distributions, IReadOnlyList<string> orphaned) => new(distributions, orphaned);

    /// <summary>In what way a distribution is of an old form, for a person, or null where it is not.</summary>
    public static string? LegacyOf(Distribution each)
    {
        if (each.Path is not { } path || path.Contains('#', StringComparison.Ordinal)) return null;
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.EndsWith(".egg", StringComparison.OrdinalIgnoreCase)) return "an egg, which pip does not install any more";
        if (each.Kind == DistributionKind.Wheel || each.Name is null) return null;
        if (each.BuildRequires is not null && each.BuildBackend == Packaging.PyProjects.BuildSystem.LegacyBackend) return "built by setup.py, without a [build-system]";
        // What distributors pack today is no legacy, though PEP 625 only knows .tar.gz.
        return each.Kind == DistributionKind.Sdist && Old.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) ? "not a .tar.gz (PEP 625)" : null;
    }

    private static List<Distribution> Having(IReadOnlyList<Distribution> distributions, params string[] codes) =>
        [.. distributions.Where(each => each.Problems.Count > 0 && each.Problems.Any(problem => codes.Contains(problem.Code)))];

    private static List<IReadOnlyList<Distribution>> DuplicatesOf(IReadOnlyList<Distribution> distributions)
    {
        var first = new Dictionary<string, Distribution>(distributions.Count, StringComparer.Ordinal);
        var groups = new Dictionary<string, List<Distribution>>(StringComparer.Ordinal);
        foreach (var each in distributions)
        {
            if (each is not { Sha256: { } sha256, Path: { } path } || path.Contains('#', StringComparison.Ordinal) || first.TryAdd(sha256, each)) continue;
            if (!groups.TryGetValue(sha256, out var group)) groups[sha256] = group = [first[sha256]];
            group.Add(each);
        }
        return [.. groups.Values];
    }

    /// <summary>For <see cref="Orphaned"/>: what is beside the archives below the given paths without belonging to one.</summary>
    public static IReadOnlyList<string> OrphanedBelow(IReadOnlyList<string> paths)
    {
        var orphaned = new List<string>();
        foreach (var path in paths.Where(Directory.Exists))
        {
            var root = Path.GetFullPath(path);
            var prefix = DirectoryWalk.Prefix(path.Length > 1 ? path.TrimEnd('/') : path);
            // Names alone are looked at, as they come: of the many files that are archives nothing is made.
            var found = new FileSystemEnumerable<string>(root, (ref entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && HasCompanionSuffix(entry.FileName),
                ShouldRecursePredicate = (ref entry) => DirectoryWalk.IsEntered(entry.FileName.ToString()) && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                    && !Metadata.SourceProject.IsOne(new Metadata.TreeFiles(entry.ToFullPath())),
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
            if (name.EndsWith(companion, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool IsOrphaned(string file)
    {
        foreach (var companion in Companions)
        {
            if (file.EndsWith(companion, StringComparison.Ordinal) && file[..^companion.Length] is var archive && ContainerFormat.OfName(Path.GetFileName(archive)) is not null)
                return !File.Exists(archive);
        }
        return false;
    }
}
