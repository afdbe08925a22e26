using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Planning;

/// <summary>Finds the versions that a plan would have preferred and could not use.</summary>
public static class NewerVersions
{
    // Those that hold in every environment, and those that depend on it.
    private static readonly UnusableKind[] CausesEverywhere = [UnusableKind.Metadata],
        Causes = [.. CausesEverywhere, UnusableKind.Tags, UnusableKind.RequiresPython];

    /// <summary>For each step that installs: the newer versions that its requirements admit and of which no candidate
    /// can be used, by name, then newest first.</summary>
    /// <param name="plan">Of a plan for several environments, only what can be used in none is found.</param>
    /// <param name="source">What the plan was made from.</param>
    /// <param name="request">What it was made for.</param>
    public static IReadOnlyList<PassedOver> Of(Plan plan, ICandidateSource source, PlanRequest request)
    {
        if (request.Resolution == ResolutionMode.Lowest)
            return [];
        var causes = plan.Environments.Count > 0 ? CausesEverywhere : Causes;
        var policy = new CandidatePolicy(request);
        var found = new List<(PassedOver Entry, Version Version)>();
        foreach (var step in plan.Steps.Where(step => step.Action == StepAction.Install))
        {
            var chosen = step.Candidate;
            bool IsWanted(Version version) =>
                version > chosen.Version
                && (!version.IsPrerelease || chosen.Version.IsPrerelease)
                && step.NeededBy.All(need => Admits(need.Requirement, version));

            var newer = source.CandidatesOf(chosen.Name).Where(each => IsWanted(each.Version)).ToArray();
            var reasons = policy.Judge(chosen.Name, newer);
            foreach (var version in Enumerable.Range(0, newer.Length).GroupBy(i => newer[i].Version))
            {
                if (version.Any(i => reasons[i] is not { } reason || !causes.Contains(reason.Kind)))
                    continue;
                foreach (var i in version)
                    Add(newer[i].Version, newer[i].Path, reasons[i]!.Kind.Word(), reasons[i]!.Detail);
            }
            foreach (var hidden in source.UnreadableOf(chosen.Name))
            {
                if (
                    Version.TryParse(hidden.Version ?? "") is { Success: true, Value: var version }
                    && IsWanted(version)
                )
                    Add(version, hidden.Place, hidden.Why, hidden.Detail);
            }

            void Add(Version version, string? path, string why, string detail) =>
                found.Add((new(chosen.Name.Normalized, version.ToString(), path, why, Clause(detail, path)), version));
        }
        return
        [
            .. found
                .OrderBy(each => each.Entry.Name, StringComparer.Ordinal)
                .ThenByDescending(each => each.Version)
                .ThenBy(each => each.Entry.Path, StringComparer.Ordinal)
                .Select(each => each.Entry)
                .Distinct(),
        ];
    }

    private static bool Admits(Requirement requirement, Version version) =>
        requirement.Url is null && requirement.Specifier.Contains(version, prereleases: true);

    // The path is shown beside the reason.
    private static string Clause(string detail, string? path) =>
        path is not null && detail.StartsWith(path + ": ", StringComparison.Ordinal)
            ? detail[(path.Length + 2)..]
            : detail;
}
