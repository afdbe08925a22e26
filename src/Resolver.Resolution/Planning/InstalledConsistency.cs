using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Planning;

/// <summary>What installed distributions need of each other, and whether it is there (<c>resolver check</c>,
/// <c>tree</c>, <c>show</c>).</summary>
public static class InstalledConsistency
{
    /// <summary>Every requirement that is not met, by name and text. An extra counts where something installed asks
    /// for it.</summary>
    /// <param name="installed">At most one a project: the one that is found first.</param>
    /// <param name="environment">What markers are judged by.</param>
    public static IReadOnlyList<InstalledNeed> Check(
        IReadOnlyList<Candidate> installed,
        MarkerEnvironment environment
    ) => [.. Needs(installed, environment).Where(need => !need.IsMet)];

    /// <summary>Those that do not run on this Python, by name: installed for another one, or against their
    /// Requires-Python.</summary>
    /// <param name="environment">Its <c>python_full_version</c> counts; where that is no version, nothing is
    /// known.</param>
    public static IReadOnlyList<Candidate> WrongPython(
        IReadOnlyList<Candidate> installed,
        MarkerEnvironment environment
    ) =>
        Version.TryParse(environment.PythonFullVersion) is { Success: true, Value: var python }
            ?
            [
                .. installed
                    .Where(each => each.RequiresPython is { } bound && !bound.Contains(python, prereleases: true))
                    .OrderBy(each => each.Name),
            ]
            : [];

    /// <summary>Every active requirement, met or not, in the same order.</summary>
    /// <inheritdoc cref="Check"/>
    public static IReadOnlyList<InstalledNeed> Needs(IReadOnlyList<Candidate> installed, MarkerEnvironment environment)
    {
        var there = installed.ToDictionary(each => each.Name);
        var extras = RequestedExtras(installed, there, environment);
        return
        [
            .. from candidate in installed
            orderby candidate.Name
            from requirement in Active(candidate, extras.GetValueOrDefault(candidate.Name) ?? [], environment)
            select new InstalledNeed(candidate, requirement, there.GetValueOrDefault(requirement.Name)),
        ];
    }

    /// <summary>Grows until nothing new is requested: an extra's requirements may ask for further extras.</summary>
    private static Dictionary<PackageName, HashSet<ExtraName>> RequestedExtras(
        IReadOnlyList<Candidate> installed,
        Dictionary<PackageName, Candidate> there,
        MarkerEnvironment environment
    )
    {
        var extras = new Dictionary<PackageName, HashSet<ExtraName>>();
        var pending = new Queue<Candidate>(installed);
        while (pending.TryDequeue(out var candidate))
        {
            foreach (var requirement in Active(candidate, extras.GetValueOrDefault(candidate.Name) ?? [], environment))
            {
                if (requirement.Extras.Count == 0 || !there.TryGetValue(requirement.Name, out var target))
                    continue;
                if (!extras.TryGetValue(requirement.Name, out var requested))
                    extras.Add(requirement.Name, requested = []);
                var before = requested.Count;
                requested.UnionWith(requirement.Extras);
                if (requested.Count > before)
                    pending.Enqueue(target);
            }
        }
        return extras;
    }

    private static IEnumerable<Requirement> Active(
        Candidate candidate,
        IReadOnlyCollection<ExtraName> extras,
        MarkerEnvironment environment
    ) =>
        (candidate.Requires ?? [])
            .Where(each =>
                each.Marker is not { } marker
                || marker.TryEvaluate(environment, extras) is not { Success: true, Value: false }
            )
            .OrderBy(each => each.Name)
            .ThenBy(each => each.ToString(), StringComparer.Ordinal);
}
