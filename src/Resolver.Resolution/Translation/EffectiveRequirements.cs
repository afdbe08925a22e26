using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Translation;

/// <summary>Which requirements count for a request: overrides, waivers and amendments applied, markers judged.</summary>
internal sealed class EffectiveRequirements(PlanRequest request)
{
    private static readonly IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> Always =
    [
        [],
    ];

    private readonly Dictionary<PackageName, List<Requirement>> overrides = request
        .Overrides.GroupBy(each => each.Name)
        .ToDictionary(group => group.Key, group => group.ToList());

    private Dictionary<Candidate, RankedRequirements>? known;

    /// <summary>What counts for another request: the same object where nothing that decides it differs. It then
    /// memoizes what it ranks, since the same candidates are asked for again.</summary>
    public EffectiveRequirements For(PlanRequest other)
    {
        if (
            !ReferenceEquals(request.Environment, other.Environment)
            || !ReferenceEquals(request.Overrides, other.Overrides)
            || !ReferenceEquals(request.Waivers, other.Waivers)
            || !ReferenceEquals(request.Amendments, other.Amendments)
            || request.BuildIsolation != other.BuildIsolation
        )
            return new EffectiveRequirements(other);
        known ??= new Dictionary<Candidate, RankedRequirements>(ReferenceEqualityComparer.Instance);
        return this;
    }

    /// <summary>The requirements of a candidate that count. What its build requires is among them where builds share
    /// the environment of the plan.</summary>
    public RankedRequirements RankedOf(Candidate candidate)
    {
        if (known?.TryGetValue(candidate, out var before) == true)
            return before;
        var ranked = RankedRequirements.Of(
            this,
            candidate,
            candidate.IsBuilt && request.BuildIsolation == BuildIsolation.None
        );
        known?.Add(candidate, ranked);
        return ranked;
    }

    /// <summary>Whether an override says what counts for the project.</summary>
    public bool IsOverridden(PackageName project) => overrides.ContainsKey(project);

    /// <summary>The requirements that count in place of one of the user's own: none where its marker does not hold. No
    /// extra is requested of the user's own list, so only alternatives that require none can hold.</summary>
    public IEnumerable<(Requirement Requirement, string? Error)> OfRequest(Requirement requirement, Role role)
    {
        foreach (var effective in Overridden(requirement, role))
        {
            var alternatives = Alternatives(effective, out var error);
            if (error is not null || alternatives.Any(each => each.All(condition => !condition.Active)))
                yield return (effective, error);
        }
    }

    /// <summary>The requirements that count in place of one of a candidate, each with the conditions on the candidate's
    /// extras under which it does.</summary>
    public IEnumerable<ConditionalRequirement> Of(Candidate candidate, Requirement requirement, Role role)
    {
        if (role == Role.Build && request.Waivers.Any(each => each.Covers(candidate, requirement)))
            yield break;
        var amendment = request.Amendments.FirstOrDefault(each => each.Covers(candidate, requirement, role));
        if (amendment is { Instead: null })
            yield break;
        foreach (var effective in Overridden(amendment?.Instead ?? requirement, role))
        {
            foreach (var alternative in Alternatives(effective, out var error))
            {
                if (role != Role.Build)
                    yield return new ConditionalRequirement(effective, role, alternative, error);
                // A build requests no extras of itself: what holds only through one never holds.
                else if (!alternative.Any(each => each.Active))
                    yield return new ConditionalRequirement(effective, role, [], error);
            }
        }
    }

    /// <summary>The requirement itself, or the overrides that stand in its place. They keep the extras that it requests
    /// and its condition on extras, as in uv; the rest of its marker is theirs to say.</summary>
    private IEnumerable<Requirement> Overridden(Requirement written, Role role)
    {
        if (role == Role.Constraint || !overrides.TryGetValue(written.Name, out var replacements))
            return [written];
        var condition = written.Marker?.OnExtras();
        return written.Extras.Count == 0 && condition is null
            ? replacements
            : replacements.Select(each =>
                each.With(
                    each.RawExtras.Count > 0 ? each.RawExtras : written.RawExtras,
                    condition is null ? each.Marker : each.Marker?.And(condition) ?? condition
                )
            );
    }

    /// <summary>The ways in which the marker can hold, as conditions on the extras of the project that requires;
    /// empty where it cannot. A marker that cannot be judged makes its candidate unusable (PEP 508): it stands as a
    /// requirement that nothing meets.</summary>
    private IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> Alternatives(
        Requirement requirement,
        out string? error
    )
    {
        error = null;
        if (requirement.Marker is not { } marker)
            return Always;
        var reduced = marker.Reduce(request.Environment);
        if (!reduced.Success)
        {
            error = reduced.Error.ToString();
            return Always;
        }
        return reduced.Value.AlwaysTrue ? Always
            : reduced.Value.AlwaysFalse ? []
            : reduced.Value.Alternatives;
    }
}
