using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Tests.Batches;

/// <summary>The largest and newest batch by trying everything: each project absent or at one of its candidates, judged
/// from the metadata alone. Exponential; for a handful of projects.</summary>
internal sealed class BatchOracle
{
    private readonly IReadOnlyList<Candidate> batch;
    private readonly List<PackageName> projects;
    private readonly List<List<Candidate?>> candidates;
    private readonly Dictionary<PackageName, Candidate> present = [];

    /// <param name="batch">What was given.</param>
    /// <param name="further">What there is beside, of other projects.</param>
    public BatchOracle(IReadOnlyList<Candidate> batch, IReadOnlyList<Candidate> further)
    {
        this.batch = batch;
        var popularity = batch
            .GroupBy(each => each.Name)
            .SelectMany(group =>
                group
                    .SelectMany(each => each.Requires!.Concat(each.IsBuilt ? each.BuildRequires! : []))
                    .Select(each => each.Name)
                    .Distinct()
            )
            .GroupBy(each => each)
            .ToDictionary(group => group.Key, group => group.Count());
        Order =
        [
            .. batch
                .Select(each => each.Name)
                .Distinct()
                .OrderByDescending(each => popularity.GetValueOrDefault(each))
                .ThenBy(each => each),
        ];
        projects = [.. Order, .. further.Select(each => each.Name).Distinct().Except(Order)];
        candidates =
        [
            .. projects.Select(name =>
                batch
                    .Concat(further)
                    .Where(each => each.Name == name)
                    .Select(each => (Candidate?)each)
                    .Append(null)
                    .ToList()
            ),
        ];
    }

    /// <summary>The projects of the batch, those first whose versions count first.</summary>
    public IReadOnlyList<PackageName> Order { get; }

    /// <summary>By project in <see cref="Order"/>: the version, or null where it is left out.</summary>
    public IReadOnlyList<string?> Best()
    {
        string?[] best = new string?[Order.Count];
        Candidate?[] chosenBest = new Candidate?[Order.Count];
        Try(0);
        return best;

        void Try(int project)
        {
            if (project < projects.Count)
            {
                foreach (var candidate in candidates[project])
                {
                    if (candidate is null)
                        present.Remove(projects[project]);
                    else
                        present[projects[project]] = candidate;
                    Try(project + 1);
                }
                present.Remove(projects[project]);
                return;
            }
            var chosen = Order
                .Select(each => present.TryGetValue(each, out var held) && batch.Contains(held) ? held : null)
                .ToArray();
            if (IsBetter(chosen, chosenBest) && IsValid())
                (chosenBest, best) = (chosen, [.. chosen.Select(each => each?.Version.ToString())]);
        }
    }

    private static bool IsBetter(Candidate?[] one, Candidate?[] other)
    {
        var count = one.Count(each => each is not null).CompareTo(other.Count(each => each is not null));
        for (var i = 0; count == 0 && i < one.Length; i++)
        {
            count =
                one[i] is null || other[i] is null
                    ? (one[i] is null ? 0 : 1) - (other[i] is null ? 0 : 1)
                    : one[i]!.Version.CompareTo(other[i]!.Version);
        }
        return count > 0;
    }

    private bool IsValid()
    {
        var extras = new HashSet<(PackageName, ExtraName)>();
        var runtime = new Dictionary<PackageName, List<PackageName>>();
        int before;
        do
        {
            before = extras.Count;
            foreach (var candidate in present.Values)
            {
                var targets = new List<PackageName>();
                var active = candidate.Requires!.Where(each =>
                    each.Marker is null || ExtrasOf(each).Any(extra => extras.Contains((candidate.Name, extra)))
                );
                foreach (var requirement in active)
                {
                    if (!Meets(requirement))
                        return false;
                    targets.Add(requirement.Name);
                    extras.UnionWith(requirement.Extras.Select(each => (requirement.Name, each)));
                }
                foreach (var requirement in candidate.IsBuilt ? candidate.BuildRequires! : [])
                {
                    if (!Meets(requirement))
                        return false;
                    extras.UnionWith(requirement.Extras.Select(each => (requirement.Name, each)));
                }
                runtime[candidate.Name] = targets;
            }
        } while (extras.Count > before);
        return CanBeBuilt(runtime);
    }

    private static IEnumerable<ExtraName> ExtrasOf(Requirement requirement) =>
        new[] { "x", "y" }
            .Where(each =>
                requirement.Marker!.ToString().Contains($"\"{each}\"", StringComparison.Ordinal)
                || requirement.Marker.ToString().Contains($"'{each}'", StringComparison.Ordinal)
            )
            .Select(ExtraName.Parse);

    private bool Meets(Requirement requirement) =>
        present.TryGetValue(requirement.Name, out var held)
        && requirement.Specifier.Contains(held.Version, prereleases: true);

    private bool CanBeBuilt(Dictionary<PackageName, List<PackageName>> runtime)
    {
        var built = present.Values.Where(each => !each.IsBuilt).Select(each => each.Name).ToHashSet();
        while (built.Count < present.Count)
        {
            var next = present
                .Values.Where(each => !built.Contains(each.Name))
                .Where(each => each.BuildRequires!.All(requirement => Closure(requirement.Name).IsSubsetOf(built)))
                .Select(each => each.Name)
                .ToList();
            if (next.Count == 0)
                return false;
            built.UnionWith(next);
        }
        return true;

        HashSet<PackageName> Closure(PackageName name)
        {
            var closure = new HashSet<PackageName>();
            var open = new Stack<PackageName>([name]);
            while (open.TryPop(out var each))
            {
                if (closure.Add(each))
                    runtime[each].ForEach(open.Push);
            }
            return closure;
        }
    }
}
