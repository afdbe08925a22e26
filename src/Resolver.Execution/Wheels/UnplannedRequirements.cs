using System.IO.Compression;
using Resolver.Archives.Containers;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>What a built wheel requires of projects that the metadata of its source does not name.</summary>
/// <remarks>PEP 621 and PEP 643 forbid it of dependencies that are not dynamic. A backend may do it all the same, and
/// metadata may be declared or read from sources that promise nothing.</remarks>
internal static class UnplannedRequirements
{
    /// <summary>The requirements that hold in the environment without extras; none where the needs of the candidate
    /// are unknown or the wheel cannot be read.</summary>
    /// <param name="wheel">Its path.</param>
    public static IReadOnlyList<Requirement> Of(PlanStep step, string wheel, MarkerEnvironment environment)
    {
        if (step.Candidate.Requires is not { } declared || Metadata(wheel) is not { } metadata)
            return [];
        var known = declared
            .Concat(step.Requires.Select(each => each.Requirement))
            .Select(each => each.Name)
            .Append(step.Candidate.Name)
            .ToHashSet();
        return
        [
            .. metadata
                .RequiresDist.Where(each => each.Parsed.Success)
                .Select(each => each.Parsed.Value)
                .Where(each =>
                    !known.Contains(each.Name)
                    && (
                        each.Marker is not { } marker
                        || marker.TryEvaluate(environment, []) is { Success: true, Value: true }
                    )
                ),
        ];
    }

    private static CoreMetadata? Metadata(string wheel)
    {
        try
        {
            using var zip = OpenedZip.OpenRead(wheel);
            var entry = zip.Entries.FirstOrDefault(each =>
                each.FullName.Split('/') is [var folder, "METADATA"]
                && folder.EndsWith(".dist-info", StringComparison.Ordinal)
            );
            if (entry is null)
                return null;
            using var reader = new StreamReader(zip.Open(entry));
            return CoreMetadata.Read(reader.ReadToEnd());
        }
        catch (Exception exception)
            when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
