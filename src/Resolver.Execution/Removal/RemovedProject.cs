using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Removal;

/// <summary>A project that is, or would be, removed.</summary>
/// <param name="MetadataPath">Its dist-info, absolute.</param>
/// <param name="Files">Below the base of the destination, with <c>/</c>.</param>
public sealed record RemovedProject(PackageName Name, Version Version, string MetadataPath, IReadOnlyList<string> Files)
{
    /// <summary>The <c>.pth</c> file, below the base of the destination, and its line to remove, if the project is an
    /// editable install of setuptools before PEP 660; null for every other.</summary>
    public (string File, string Line)? PathLine { get; init; }
}
