using Resolver.Packaging.Distributions;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>Candidates of a project for a person: versions, ranges of versions, files.</summary>
internal sealed class CandidateText(Problem problem, IProblemText text)
{
    /// <summary>Ranges that are written out.</summary>
    private const int MostRanges = 6;

    private readonly Dictionary<VariableId, List<string>> versions = [];
    private readonly Dictionary<VariableId, ShortPaths> shortened = [];

    /// <summary>The versions of a run of candidates, each once, ascending.</summary>
    public List<string> Versions(VariableId project, int first, int last) =>
        [
            .. Enumerable
                .Range(first, Math.Max(0, Math.Min(last, problem.CandidateCount(project) - 1) - first + 1))
                .Select(i => text.VersionOf(project, i))
                .Distinct(),
        ];

    /// <summary>All versions there are.</summary>
    public List<string> All(VariableId project)
    {
        if (!versions.TryGetValue(project, out var all))
            versions.Add(project, all = Versions(project, 0, problem.CandidateCount(project) - 1));
        return all;
    }

    /// <summary>Where they lie, as short as the files of the project can be distinguished; what is installed has no
    /// file.</summary>
    public List<string> Files(VariableId project, IEnumerable<int> candidates) =>
        [.. PlacesOf(project, candidates).Distinct().Select(Shortened(project))];

    /// <summary>Where one lies; null where that is not known.</summary>
    public string? Place(VariableId project, int candidate) =>
        text.PlaceOf(project, candidate) is { } place ? Shortened(project)(place) : null;

    private Func<string, string> Shortened(VariableId project)
    {
        if (!shortened.TryGetValue(project, out var names))
            shortened.Add(
                project,
                names = new ShortPaths(PlacesOf(project, Enumerable.Range(0, problem.CandidateCount(project))))
            );
        return place => names[place];
    }

    private IEnumerable<string> PlacesOf(VariableId project, IEnumerable<int> candidates) =>
        candidates.Select(i => text.PlaceOf(project, i)).OfType<string>().Where(each => each != "installed");

    /// <summary>Whether they are of more than one version.</summary>
    public bool AreSeveral(VariableId project, IEnumerable<int> candidates) =>
        candidates.Select(i => text.VersionOf(project, i)).Distinct().Skip(1).Any();

    /// <summary>Neighbours of three or more as first to last: <c>1.0, 1.2 and 2.0 to 2.5</c>.</summary>
    /// <param name="candidates">Ascending.</param>
    public string Range(VariableId project, IReadOnlyList<int> candidates)
    {
        if (candidates.Count == 1)
            return text.VersionOf(project, candidates[0]);
        var all = All(project);
        var places = candidates.Select(i => all.IndexOf(text.VersionOf(project, i))).Distinct().Order().ToList();
        var parts = new List<string>();
        for (var i = 0; i < places.Count;)
        {
            var end = i;
            while (end + 1 < places.Count && places[end + 1] == places[end] + 1)
                end++;
            if (end - i >= 2)
                parts.Add($"{all[places[i]]} to {all[places[end]]}");
            else
                parts.AddRange(places.Skip(i).Take(end - i + 1).Select(place => all[place]));
            i = end + 1;
        }
        return parts.Count <= MostRanges ? Listing.And(parts) : $"{parts.Count} ranges from {parts[0]} to {parts[^1]}";
    }
}
