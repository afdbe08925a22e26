using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.References;

/// <summary>An archive, and the files that references in its metadata point to.</summary>
public sealed class ReferencedView(ArchiveView archive, ReferencedFiles references) : ArchiveView
{
    /// <inheritdoc/>
    public override IReadOnlyList<Distribution> Present => archive.Present;

    /// <inheritdoc/>
    public override bool IsYanked(PackageName project, Version version) => archive.IsYanked(project, version);

    /// <inheritdoc/>
    public override IEnumerable<PackageName> FurtherProjects => archive.FurtherProjects.Union(references.Projects);

    /// <inheritdoc/>
    public override IReadOnlyList<Distribution> Further(PackageName project) =>
        references.Of(project) is { Count: > 0 } referenced
            ? [.. archive.Further(project), .. referenced]
            : archive.Further(project);
}
