using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Hashes;
using Resolver.Packaging.Names;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Files that requirements name by URL (PEP 508) and that are not there: no other file of the project
/// helps.</summary>
internal static class ReferencedFiles
{
    /// <summary>One file for each URL whose file name says which version of the project it is.</summary>
    public static IEnumerable<Addition> Of(
        CandidateProblem problem,
        PackageName project,
        IEnumerable<Requirement> requirements
    ) =>
        requirements
            .Where(each => each.ValidReference is not null)
            .DistinctBy(each => each.Url)
            .Select(each => Of(problem, project, each.Url!, each.ValidReference!))
            .OfType<Addition>()
            .Where(each => problem.WhyUnusable(each.File) is null);

    private static Addition? Of(CandidateProblem problem, PackageName project, string url, FileReference reference)
    {
        if (reference.IsVersionControl || reference.FileName.Length == 0 || reference.Subdirectory is not null)
            return null;
        var sha256 = reference
            .Hashes.Where(each => each.Kind == HashKind.Sha256)
            .Select(each => each.Digest)
            .FirstOrDefault();
        // Of another kind of hash, the digest of a file that is not there cannot be compared.
        if (reference.Hashes.Count > 0 && sha256 is null)
            return null;
        if (NameOf(reference.FileName) is not var (name, version, tags) || name != project)
            return null;
        return new Addition(
            new Candidate
            {
                Name = project,
                Version = version,
                Kind = tags is null ? DistributionKind.Sdist : DistributionKind.Wheel,
                Path = reference.LocalPath ?? reference.FileName,
                Sha256 = sha256,
                Tags = tags,
                Requires = [],
                BuildRequires = [],
                Yanked = problem.Source.IsYanked(project, version),
                Weaknesses = ["not there yet; its requirements are unknown"],
            },
            AdditionKind.Missing
        )
        {
            Url = url,
        };
    }

    private static (PackageName Name, Version Version, IReadOnlyList<Tag>? Tags)? NameOf(string fileName)
    {
        if (WheelFileName.TryParse(fileName) is { Success: true, Value: var wheel })
            return (wheel.Name, wheel.Version, wheel.Tags);
        return SdistFileName.TryParse(fileName) is { Success: true, Value: var sdist }
            ? (sdist.Name, sdist.Version, null)
            : null;
    }
}
