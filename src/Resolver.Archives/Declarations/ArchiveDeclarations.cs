using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Declarations;

/// <summary>What a user declares about the distributions of an archive: metadata that files do not tell, and which
/// versions were yanked.</summary>
/// <param name="Metadata">The first that fits a distribution counts; one for a single file before one for a version,
/// and that before one for all versions.</param>
/// <param name="Yanked">Every one counts.</param>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record ArchiveDeclarations(IReadOnlyList<DeclaredMetadata> Metadata, IReadOnlyList<YankedVersions> Yanked)
{
    /// <summary>Nothing is declared.</summary>
    public static ArchiveDeclarations None { get; } = new([], []);

    /// <summary>The names of files, without their directories, of which something may be declared by path.</summary>
    public IEnumerable<string> FileNames =>
        Metadata
            .Where(each => each.File is not null)
            .Select(each => System.IO.Path.GetFileName(each.File!.TrimEnd('/')))
            .Distinct();

    /// <summary>The distributions in the same order, each as declared; those of which nothing is declared are the
    /// same objects.</summary>
    public IReadOnlyList<Distribution> ApplyTo(IReadOnlyList<Distribution> distributions) =>
        Metadata.Count == 0 && Yanked.Count == 0 ? distributions : [.. distributions.Select(ApplyTo)];

    /// <summary>The distribution as declared.</summary>
    public Distribution ApplyTo(Distribution distribution)
    {
        // What cannot be opened, or would write elsewhere, is no better for being described.
        if (distribution.Problems.Any(problem => problem.Fatal))
            return distribution;
        if (DeclarationFor(distribution) is { } declared)
            distribution = Declare(distribution, declared);
        return
            distribution is { Name: { } name, Version: { } version }
            && Yanked.FirstOrDefault(each => IsMeant(each, name, version)) is { } yanked
            && distribution.Kind != DistributionKind.Installed
            ? distribution with
            {
                Yanked = true,
                YankedBecause = yanked.Reason,
            }
            : distribution;
    }

    /// <summary>Whether a version counts as yanked, wherever a file of it comes from.</summary>
    public bool IsYanked(PackageName project, Version version) => Yanked.Any(each => IsMeant(each, project, version));

    private static bool IsMeant(YankedVersions yanked, PackageName project, Version version) =>
        yanked.Project == project
        && (yanked.Versions.Specifiers.Count == 0 || yanked.Versions.Contains(version, prereleases: true));

    private DeclaredMetadata? DeclarationFor(Distribution distribution) =>
        Metadata.FirstOrDefault(each => each.File is { } file && IsFile(distribution.Path, file))
        ?? Metadata.FirstOrDefault(each =>
            each is { File: null, Version: { } version }
            && each.Name == distribution.Name
            && distribution.Version == version
        )
        ?? Metadata.FirstOrDefault(each => each is { File: null, Version: null } && each.Name == distribution.Name);

    private static bool IsFile(string? path, string file) =>
        path is not null
        && (
            path == file
            || path.EndsWith("/" + file, StringComparison.Ordinal)
            || Path.GetFullPath(path) == Path.GetFullPath(file)
        );

    private static Distribution Declare(Distribution original, DeclaredMetadata declared)
    {
        var known = new Dictionary<string, MetadataSource?>(original.Known);
        var distribution = original with { Known = known };
        if (declared is { File: not null, Name: { } name })
        {
            distribution = distribution with { Name = name, RawName = name.Normalized };
            known["name"] = MetadataSource.Declared;
        }

        if (declared is { File: not null, Version: { } version })
        {
            distribution = distribution with { Version = version };
            known["version"] = MetadataSource.Declared;
        }

        if (declared.RequiresDist is { } requires)
        {
            distribution = distribution with { RequiresDist = requires, Extras = [.. ExtrasNamed(requires)] };
            known["requires_dist"] = known["extras"] = MetadataSource.Declared;
        }

        if (declared.Extras is { } extras)
        {
            distribution = distribution with { Extras = extras };
            known["extras"] = MetadataSource.Declared;
        }

        if (declared.BuildRequires is { } builds && IsBuilt(distribution))
        {
            distribution = distribution with { BuildRequires = builds };
            known["build_requires"] = MetadataSource.Declared;
        }

        if (declared.RequiresPython is { } python)
        {
            distribution = distribution with { RequiresPython = python.Specifiers.Count == 0 ? null : python };
            known["requires_python"] = MetadataSource.Declared;
        }

        return distribution with
        {
            Problems = [.. original.Problems.Where(problem => !IsAnswered(problem.Code, original, distribution))],
        };
    }

    /// <summary>Whether what was unknown or wrong has been declared by now.</summary>
    private static bool IsAnswered(string code, Distribution original, Distribution declared) =>
        code switch
        {
            // Where nothing that runs is unknown, it is the build's requirements that are.
            "metadata-dynamic" => Values.Any(value => IsUnknown(original, value))
                ? !Values.Any(value => IsUnknown(declared, value))
                : IsDeclared(declared, "build_requires"),
            "requirement-invalid" => declared.RequiresDist is not null
                && (!IsBuilt(declared) || declared.BuildRequires is not null),
            "requires-python-invalid" => IsDeclared(declared, "requires_python"),
            "version-by-file-name" => IsDeclared(declared, "version"),
            _ => false,
        };

    private static readonly string[] Values = ["name", "version", "requires_dist"];

    private static bool IsUnknown(Distribution distribution, string value) =>
        distribution.Known.TryGetValue(value, out var source) && source is null;

    private static bool IsDeclared(Distribution distribution, string value) =>
        distribution.Known.GetValueOrDefault(value) == MetadataSource.Declared;

    private static bool IsBuilt(Distribution distribution) =>
        distribution.Kind is DistributionKind.Sdist or DistributionKind.Tree;

    /// <summary>The extras that markers ask for, in the order met: <c>…; extra == "x"</c>.</summary>
    private static IEnumerable<ExtraName> ExtrasNamed(IReadOnlyList<Requirement> requirements) =>
        requirements
            .SelectMany(requirement => requirement.Marker is { } marker ? ExtrasNamed(marker.Expression) : [])
            .Select(ExtraName.TryParse)
            .Where(extra => extra.Success)
            .Select(extra => extra.Value)
            .Distinct();

    private static IEnumerable<string> ExtrasNamed(MarkerExpression expression) =>
        expression switch
        {
            MarkerExpression.Comparison { Variable: "extra" } comparison => [comparison.Literal],
            MarkerExpression.And and => and.Parts.SelectMany(ExtrasNamed),
            MarkerExpression.Or or => or.Parts.SelectMany(ExtrasNamed),
            _ => [],
        };
}
