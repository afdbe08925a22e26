using System.Globalization;
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
        // Each is looked at once, and only what it is remembered: an archive may be large.
        var (remarks, contents) = (new Remark[distributions.Count], new UInt128[distributions.Count]);
        Parallel.For(0, distributions.Count, i =>
        {
            var each = distributions[i];
            remarks[i] = RemarksOn(each);
            if (each is { Sha256: { } sha256, Path: { } path } && !path.Contains('#', StringComparison.Ordinal)) contents[i] = UInt128.Parse(sha256.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        });
        Duplicates = DuplicatesOf(distributions, contents);
        (Differing, Misnamed, Unreadable, Legacy, Unknown) = (Having(Remark.Differing), Having(Remark.Misnamed), Having(Remark.Unreadable), Having(Remark.Legacy), Having(Remark.Unknown));

        Picked Having(Remark which) => new(distributions, [.. Enumerable.Range(0, remarks.Length).Where(i => remarks[i].HasFlag(which))]);
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

    private static Remark RemarksOn(Distribution each)
    {
        var remarks = (each.Name is null ? Remark.Unreadable : 0) | (LegacyOf(each) is null ? 0 : Remark.Legacy);
        foreach (var problem in each.Problems)
        {
            if (problem.Fatal) remarks |= Remark.Unreadable;
            remarks |= problem.Code switch
            {
                "duplicate-content-differs" => Remark.Differing,
                "name-mismatch" or "wheel-name-invalid" or "archive-suffix" => Remark.Misnamed,
                "metadata-dynamic" => Remark.Unknown,
                _ => 0,
            };
        }
        return remarks;
    }

    private static List<IReadOnlyList<Distribution>> DuplicatesOf(IReadOnlyList<Distribution> distributions, UInt128[] contents)
    {
        // Half of a SHA-256 is as good as all of it as long as nobody forges: of those that agree in it the whole is compared.
        var first = new Dictionary<UInt128, int>(contents.Length);
        var groups = new Dictionary<UInt128, List<int>>();
        for (var i = 0; i < contents.Length; i++)
        {
            if (contents[i] == 0 || first.TryAdd(contents[i], i)) continue;
            if (!groups.TryGetValue(contents[i], out var group)) groups[contents[i]] = group = [first[contents[i]]];
            group.Add(i);
        }
        return [.. groups.Values.SelectMany(group => group.GroupBy(i => distributions[i].Sha256)).Where(same => same.Skip(1).Any()).Select(same => new Picked(distributions, [.. same]))];
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

    [Flags]
    private enum Remark : byte
    {
        Differing = 1,
        Misnamed = 2,
        Unreadable = 4,
        Legacy = 8,
        Unknown = 16,
    }
}
