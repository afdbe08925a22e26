using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Plans;

/// <summary>An extra that a plan's requirement names and the chosen version does not have. As for pip, that adds no
/// requirements and stops nothing.</summary>
/// <param name="Candidate">The chosen version.</param>
/// <param name="Extra">The extra that it does not have.</param>
/// <param name="Requirement">The requirement that names it.</param>
/// <param name="RequiredBy">The step whose requirement it is; null where it was requested.</param>
public sealed record UnknownExtra(Candidate Candidate, ExtraName Extra, Requirement Requirement, Candidate? RequiredBy)
{
    /// <summary>A sentence for a person.</summary>
    public string Text =>
        $"{Candidate.Name} {Candidate.Version} has no extra '{Extra}', which "
        + $"{(RequiredBy is { } by ? $"{by.Name} {by.Version} requires" : "is requested")} ({Requirement})";

    /// <summary>All of a plan: those requested first, then by step; each of a candidate once.</summary>
    internal static IReadOnlyList<UnknownExtra> Of(Plan plan) =>
        [
            .. plan
                .Roots.SelectMany(root =>
                    plan.Steps.Where(step => step.Candidate.Name == root.Name)
                        .SelectMany(step => Of(step.Candidate, root, null))
                )
                .Concat(
                    plan.Steps.SelectMany(step =>
                        step.Requires.Where(each => each.SatisfiedBy is not null)
                            .SelectMany(each => Of(each.SatisfiedBy!, each.Requirement, step.Candidate))
                    )
                )
                .DistinctBy(each => (each.Candidate, each.Extra)),
        ];

    private static IEnumerable<UnknownExtra> Of(Candidate candidate, Requirement requirement, Candidate? by) =>
        requirement
            .Extras.Where(extra => !IsKnown(candidate, extra))
            .Select(extra => new UnknownExtra(candidate, extra, requirement, by));

    // Metadata before version 2.1 names extras in markers only.
    private static bool IsKnown(Candidate candidate, ExtraName extra) =>
        candidate.Extras is not { } known
        || known.Contains(extra)
        || candidate.Requires?.Any(each => each.Marker is { } marker && Names(marker.Expression, extra)) == true;

    private static bool Names(MarkerExpression expression, ExtraName extra) =>
        expression switch
        {
            MarkerExpression.Comparison { Variable: "extra" } comparison => ExtraName.TryParse(comparison.Literal)
                is { Success: true } named
                && named.Value == extra,
            MarkerExpression.And and => and.Parts.Any(each => Names(each, extra)),
            MarkerExpression.Or or => or.Parts.Any(each => Names(each, extra)),
            _ => false,
        };
}
