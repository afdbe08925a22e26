using Resolver.Packaging.Markers;

namespace Resolver.Application.Environments;

/// <summary>The bounds of a plan for every environment.</summary>
/// <param name="Environments">Only environments in which one of these holds are planned for; empty: every one.</param>
/// <param name="Required">Environments for which a version must have a distribution, even if it has wheels for others
/// only.</param>
public sealed record UniversalSettings(IReadOnlyList<Marker> Environments, IReadOnlyList<Marker> Required)
{
    /// <summary>No bounds.</summary>
    public static UniversalSettings None { get; } = new([], []);
}
