using Resolver.Archives.Distributions;
using Resolver.Packaging.Names;

namespace Resolver.Application.Requirements;

/// <summary>Requirements that count for nothing in a plan: <c>--no-deps</c> and <c>--no-build-deps</c>.</summary>
/// <param name="OfProjects">The projects whose runtime dependencies are ignored.</param>
/// <param name="OfBuilds">Whether what builds require is ignored, for every project.</param>
internal sealed record IgnoredRequirements(IReadOnlySet<PackageName> OfProjects, bool OfBuilds)
{
    /// <summary>None is ignored.</summary>
    public static IgnoredRequirements None { get; } = new(new HashSet<PackageName>(), false);

    /// <summary>Whether any is ignored.</summary>
    public bool AreAny => OfBuilds || OfProjects.Count > 0;

    /// <summary>The distribution without the requirements that are ignored. That they are unknown is no defect
    /// then.</summary>
    public Distribution Without(Distribution distribution)
    {
        if (distribution.Name is { } name && OfProjects.Contains(name))
            distribution = distribution with { RequiresDist = [] };
        return OfBuilds && distribution.BuildRequires is not []
            ? distribution with
            {
                BuildRequires = [],
            }
            : distribution;
    }
}
