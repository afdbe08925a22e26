using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Destinations;

/// <summary>A distribution as it lies in a site folder.</summary>
/// <param name="Name">By its metadata; by its folder's name where that is silent.</param>
/// <param name="VersionText">As written.</param>
/// <param name="Version">Null where the text is no version.</param>
/// <param name="Path">Its <c>.dist-info</c> or <c>.egg-info</c>, absolute.</param>
internal sealed record InstalledProject(PackageName Name, string VersionText, Version? Version, string Path)
{
    /// <summary>The name as the metadata spells it.</summary>
    public string RawName { get; init; } = Name.ToString();

    public override string ToString() => $"{RawName} {Processes.TerminalText.OneLine(VersionText)}";
}
