using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Backends;

/// <summary>An archive together with a batch: what builds of the batch may require is in both.</summary>
internal sealed class BatchView(ArchiveView archive, IReadOnlyList<Distribution> batch) : ArchiveView
{
    public override IReadOnlyList<Distribution> Present => [.. batch, .. archive.Present];

    public override bool IsYanked(PackageName project, Version version) => archive.IsYanked(project, version);

    public override IEnumerable<PackageName> FurtherProjects => archive.FurtherProjects;

    public override IReadOnlyList<Distribution> Further(PackageName project) => archive.Further(project);
}
