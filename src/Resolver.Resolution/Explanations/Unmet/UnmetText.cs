using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Unmet;

/// <summary>A cause of requirements that cannot be met, as one clause.</summary>
internal static class UnmetText
{
    private const int MostBounds = 3;

    public static string Of(UnmetSearch.Found cause, Problem problem, IProblemText text)
    {
        var name = text.ProjectOf(cause.Project);
        var bounds = cause.Bounds.Where(each => each.Length > 0).Select(each => BoundText.Of([each])).ToList();
        var wanted = bounds.Count is > 0 and <= MostBounds ? $"{name}{Listing.Or(bounds)}" : name;
        var subject =
            cause.Roots.Count == 1
                ? cause.IsRequested
                    ? ""
                    : $"{cause.Roots[0]} requires {wanted}, which "
                : cause.IsRequested
                    ? $"{cause.Roots.Count} of them are or require {wanted}, which "
                    : $"{cause.Roots.Count} of them require {wanted}, which ";
        return (subject.Length == 0 ? $"{wanted} " : subject) + Predicate(cause, problem, text);
    }

    private static string Predicate(UnmetSearch.Found cause, Problem problem, IProblemText text)
    {
        switch (cause.Kind)
        {
            case "missing":
                return "is not in the archive";
            case "unknown-version":
                return $"is in the archive ({text.PlacesWithoutVersion(cause.Project)[0]}), but its version is unknown";
            case "constraint":
                return "is ruled out by a constraint";
            case "version":
                var there = Enumerable
                    .Range(0, problem.CandidateCount(cause.Project))
                    .Select(i => text.VersionOf(cause.Project, i))
                    .Distinct()
                    .ToList();
                return there.Count <= MostBounds
                    ? $"is not in the archive: it has only {Listing.And(there)}"
                    : $"is not in the archive: it has only {there[0]} to {there[^1]}";
            default:
                var last = problem.CandidateCount(cause.Project) - 1;
                return
                    Enumerable
                        .Range(0, last + 1)
                        .Reverse()
                        .Select(i => text.WhyUnusable(cause.Project, i))
                        .FirstOrDefault(each => each is not null)
                        is { } reason
                    ? $"cannot be used: {reason.Detail}"
                    : "cannot be used";
        }
    }
}
