using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Backends;

/// <summary>An archive as it is known now: where build backends were asked, with what they said.</summary>
internal sealed class DynamicView(ArchiveView archive, DynamicMetadata dynamic) : ArchiveView
{
    public override IReadOnlyList<Distribution> Present => [.. dynamic.View(archive.Present), .. dynamic.Renamed];

    public override bool IsYanked(PackageName project, Version version) => archive.IsYanked(project, version);

    public override IEnumerable<PackageName> FurtherProjects => archive.FurtherProjects;

    public override IReadOnlyList<Distribution> Further(PackageName project)
    {
        var further = archive.Further(project);
        // What its backend calls otherwise is among the renamed.
        return [.. dynamic.View(further, isFurther: true).Where(each => each.Name == project)];
    }
}
