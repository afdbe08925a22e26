using System.Collections.Concurrent;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Scanning;

/// <summary>A summary of each distribution of a list, and the list by project.</summary>
internal sealed class FileSummaries
{
    private readonly FileSummary[] summaries;
    private readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] ranks; // by number
    private readonly int[] starts; // by rank, in the order by project; one more for those without a name, and the end
    private readonly int[] byProject;

    private FileSummaries(IReadOnlyList<Distribution> distributions)
    {
        summaries = new FileSummary[distributions.Count];
        var last = -1;
        Parallel.For(
            0,
            summaries.Length,
            i =>
                summaries[i] = FileSummary.Of(
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
        foreach (var each in summaries)
            starts[RankOf(each) + 1]++;
        for (var rank = 1; rank < starts.Length; rank++)
            starts[rank] += starts[rank - 1];
        byProject = new int[summaries.Length];
        var next = starts.ToArray();
        for (var i = 0; i < summaries.Length; i++)
            byProject[next[RankOf(summaries[i])]++] = i;
    }

    public int Count => summaries.Length;

    public ref FileSummary this[int index] => ref summaries[index];

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> Projects { get; }

    /// <summary>The places of those without a name.</summary>
    public ArraySegment<int> Nameless => At(Projects.Count);

    public static FileSummaries Of(IReadOnlyList<Distribution> distributions) => new(distributions);

    /// <summary>The places of a project's, by the place of its name.</summary>
    public ArraySegment<int> At(int rank) => new(byProject, starts[rank], starts[rank + 1] - starts[rank]);

    /// <summary>The places of a project's.</summary>
    public ArraySegment<int> Of(PackageName project) =>
        numbers.TryGetValue(project.Normalized, out var number) ? At(ranks[number]) : ArraySegment<int>.Empty;

    /// <summary>The places of those with a remark.</summary>
    public int[] Having(Remark which) =>
        [.. Enumerable.Range(0, summaries.Length).Where(i => (summaries[i].Remarks & which) != 0)];

    private int RankOf(FileSummary each) => each.Project < 0 ? Projects.Count : ranks[each.Project];
}
