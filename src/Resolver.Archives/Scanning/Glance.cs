using System.Collections.Concurrent;
using System.Globalization;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Scanning;

/// <summary>What is remembered of a distribution that was looked at once, in few bytes: an archive may hold
/// millions.</summary>
/// <param name="Project">A number for its name; -1 where it has none.</param>
/// <param name="Key">The same for all of one name and version, and for all wheels of one file name; 0 where it stands
/// for no content.</param>
/// <param name="Content">The beginning of its file's hash.</param>
internal readonly record struct Glance(int Project, int Key, ulong Content, Remark Remarks, byte TitleLength)
{
    public static Glance Of(Distribution each, Func<string, int> project) =>
        new(
            each.Name is { } name ? project(name.Normalized) : -1,
            each.Sha256 is null ? 0 : KeyOf(each),
            each.Sha256 is { } sha256
                ? ulong.Parse(sha256.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : 0,
            RemarksOn(each),
            (byte)
                Math.Min(
                    byte.MaxValue,
                    each.Name is { } its ? its.Normalized.Length + 1 + (each.Version?.ToString().Length ?? 1) : 1
                )
        );

    private static int KeyOf(Distribution each) =>
        each switch
        {
            { Kind: DistributionKind.Wheel, Path: { } path } => path.AsSpan(path.LastIndexOf('/') + 1) is var file
                ? string.GetHashCode(file, StringComparison.Ordinal) | 1
                : 0,
            { Kind: DistributionKind.Sdist, Name: { } name, Version: { } version } => HashCode.Combine(name, version)
                | 1,
            _ => 0,
        };

    private static Remark RemarksOn(Distribution each)
    {
        var remarks =
            (each.Name is null ? Remark.Unreadable : 0)
            | (each.Version is null ? Remark.Unversioned : 0)
            | (ArchiveReport.LegacyOf(each) is null ? 0 : Remark.Legacy)
            | (each.Path is { } path && DistributionPath.Parse(path).Subdirectory is not null ? Remark.Part : 0);
        foreach (var problem in each.Problems)
        {
            if (problem.Fatal)
                remarks |= Remark.Unreadable;
            remarks |= problem.Code switch
            {
                "duplicate-content-differs" => Remark.Differing,
                "name-mismatch" or "wheel-name-invalid" or "archive-suffix" => Remark.Misnamed,
                "metadata-dynamic" => Remark.Unknown,
                ArchiveFileReader.InFolder => Remark.Container,
                _ => 0,
            };
        }
        return (remarks & Remark.Container) == 0 ? remarks : Remark.Container;
    }
}

/// <summary>What is remarkable in one distribution.</summary>
[Flags]
internal enum Remark : byte
{
    Differing = 1,
    Misnamed = 2,
    Unreadable = 4,
    Legacy = 8,
    Unknown = 16,

    /// <summary>Its version is not known.</summary>
    Unversioned = 32,

    /// <summary>It is a project in a folder of an archive.</summary>
    Part = 64,

    /// <summary>It is no project itself: the projects are in its folders, and have lines of their own.</summary>
    Container = 128,
}

/// <summary>A glance at each distribution of a list, and the list by project.</summary>
internal sealed class Glances
{
    private readonly Glance[] glances;
    private readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] ranks; // by number
    private readonly int[] starts; // by rank, in the order by project; one more for those without a name, and the end
    private readonly int[] byProject;

    private Glances(IReadOnlyList<Distribution> distributions)
    {
        glances = new Glance[distributions.Count];
        var last = -1;
        Parallel.For(
            0,
            glances.Length,
            i =>
                glances[i] = Glance.Of(
                    distributions[i],
                    name => numbers.GetOrAdd(name, _ => Interlocked.Increment(ref last))
                )
        );
        Projects = [.. numbers.Keys.Order(StringComparer.Ordinal)];
        ranks = new int[last + 1];
        for (var rank = 0; rank < Projects.Count; rank++)
            ranks[numbers[Projects[rank]]] = rank;
        // Counted first, then put in their places: in one of a project they stay in their order.
        starts = new int[Projects.Count + 2];
        foreach (var each in glances)
            starts[RankOf(each) + 1]++;
        for (var rank = 1; rank < starts.Length; rank++)
            starts[rank] += starts[rank - 1];
        byProject = new int[glances.Length];
        var next = starts.ToArray();
        for (var i = 0; i < glances.Length; i++)
            byProject[next[RankOf(glances[i])]++] = i;
    }

    public int Count => glances.Length;

    public ref Glance this[int index] => ref glances[index];

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> Projects { get; }

    /// <summary>The places of those without a name.</summary>
    public ArraySegment<int> Nameless => At(Projects.Count);

    public static Glances Of(IReadOnlyList<Distribution> distributions) => new(distributions);

    /// <summary>The places of a project's, by the place of its name.</summary>
    public ArraySegment<int> At(int rank) => new(byProject, starts[rank], starts[rank + 1] - starts[rank]);

    /// <summary>The places of a project's.</summary>
    public ArraySegment<int> Of(PackageName project) =>
        numbers.TryGetValue(project.Normalized, out var number) ? At(ranks[number]) : ArraySegment<int>.Empty;

    /// <summary>The places of those with a remark.</summary>
    public int[] Having(Remark which) =>
        [.. Enumerable.Range(0, glances.Length).Where(i => (glances[i].Remarks & which) != 0)];

    private int RankOf(Glance each) => each.Project < 0 ? Projects.Count : ranks[each.Project];
}
