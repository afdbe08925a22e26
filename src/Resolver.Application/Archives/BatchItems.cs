using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Resolution.Batches;

namespace Resolver.Application.Archives;

/// <summary>What the given paths hold, as the planner of batches wants it.</summary>
public static class BatchItems
{
    public static IReadOnlyList<BatchItem> Of(
        IReadOnlyList<Distribution> distributions,
        IReadOnlyCollection<string> given
    ) => [.. SkippedFiles.Projects(distributions).Select(each => Of(each, given))];

    private static BatchItem Of(Distribution distribution, IReadOnlyCollection<string> given)
    {
        var path = distribution.Path ?? "";
        var askedByName = SkippedFiles.IsAskedByName(distribution, given);
        var problem = SkippedFiles.Defect(distribution, askedByName);
        return problem is null && ArchiveCandidateSource.ToCandidate(distribution) is { } candidate
            ? new BatchItem(path, candidate, distribution.RawName, null, null, askedByName)
            : new BatchItem(path, null, distribution.RawName, problem?.Code, Reason(problem, path), askedByName);
    }

    // The planner says the path first.
    private static string Reason(ArchiveProblem? problem, string path) =>
        problem?.MessageWithin(path) ?? "name and version are unknown without running its code";
}
