using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Verification;

/// <summary>Reads what counts of the metadata of candidates, from the metadata and the request alone.</summary>
/// <remarks>Nothing here is shared with the translation into a problem: what that loses is missed here.</remarks>
internal sealed class CountedRequirements(PlanRequest request)
{
    private readonly ILookup<PackageName, Requirement> overrides = request.Overrides.ToLookup(each => each.Name);

    /// <summary>What a root counts as.</summary>
    public IEnumerable<CountedRequirement> OfRoot(Requirement root) => Replace(root, Role.Root, isRoot: true);

    /// <summary>Everything that the metadata of the candidate says it requires, whether its marker holds or
    /// not.</summary>
    /// <param name="candidate">Whose metadata.</param>
    /// <param name="withBuild">Whether what its build needs counts here.</param>
    public IEnumerable<CountedRequirement> Of(Candidate candidate, bool withBuild)
    {
        foreach (var written in candidate.Requires ?? [])
        {
            foreach (var counted in Amend(candidate, written, Role.Runtime))
                yield return counted;
        }

        if (!withBuild || !candidate.IsBuilt)
            yield break;
        foreach (var written in candidate.BuildRequires ?? [])
        {
            if (request.Waivers.Any(waiver => waiver.Covers(candidate, written)))
                yield return new(written, Role.Build, IsWaived: true);
            else
            {
                foreach (var counted in Amend(candidate, written, Role.Build))
                    yield return counted;
            }
        }
    }

    /// <summary>Whether the requirement is active where exactly these extras of its project are requested; null where
    /// its marker cannot be judged (PEP 508).</summary>
    public bool? IsActive(CountedRequirement counted, IReadOnlyCollection<ExtraName> extras)
    {
        // A build requests no extras of what it builds.
        var requested = counted.Role == Role.Build ? [] : extras;
        if (counted.Replaced is { } replaced && !MayHold(replaced.Expression, requested))
            return false;
        return Holds(request, counted.Requirement, requested);
    }

    /// <summary>Whether the marker of a requirement holds where exactly these extras are requested; null where it
    /// cannot be judged.</summary>
    public static bool? Holds(
        PlanRequest request,
        Requirement requirement,
        IReadOnlyCollection<ExtraName>? requested = null
    ) =>
        requirement.Marker is not { } marker ? true
        : marker.TryEvaluate(request.Environment, requested ?? []) is { Success: true } judged ? judged.Value
        : null;

    private IEnumerable<CountedRequirement> Amend(Candidate candidate, Requirement written, Role role)
    {
        var amendment = request.Amendments.FirstOrDefault(each => each.Covers(candidate, written, role));
        return amendment is { Instead: null }
            ? [new(written, role, IsWaived: true)]
            : Replace(amendment?.Instead ?? written, role, isRoot: false);
    }

    /// <summary>Overrides replace every requirement on their project. They keep the extras that it
    /// requests and its condition on extras; the rest of its marker is theirs to say.</summary>
    private IEnumerable<CountedRequirement> Replace(Requirement written, Role role, bool isRoot)
    {
        if (!overrides.Contains(written.Name))
            return [new(written, role, IsWaived: false)];
        return overrides[written.Name]
            .Select(each => new CountedRequirement(
                each.Extras.Count > 0 || written.Extras.Count == 0 ? each : each.With(written.RawExtras, each.Marker),
                role,
                IsWaived: false,
                isRoot ? null : written.Marker
            ));
    }

    /// <summary>Whether the marker holds in some environment where exactly these extras are requested, if each
    /// comparison with the environment is taken by itself.</summary>
    private static bool MayHold(MarkerExpression expression, IReadOnlyCollection<ExtraName> extras) =>
        expression switch
        {
            MarkerExpression.And and => and.Parts.All(part => MayHold(part, extras)),
            MarkerExpression.Or or => or.Parts.Any(part => MayHold(part, extras)),
            MarkerExpression.Comparison { Variable: "extra" } comparison => comparison.Operator switch
            {
                "!=" => !extras.Any(each => each.Normalized == ExtraName.Normalize(comparison.Literal)),
                "==" or "<=" or ">=" => extras.Any(each => each.Normalized == ExtraName.Normalize(comparison.Literal)),
                _ => false,
            },
            _ => true,
        };
}
