using Resolver.Packaging.Markers;

namespace Resolver.Cli.Configuration;

/// <summary>What a file says of <c>--universal</c> under <c>[universal]</c>.</summary>
/// <param name="Environments">Only environments in which one of these holds are planned for; empty: every one.</param>
/// <param name="Required">Environments for which a version must have a distribution, even if it has wheels for others
/// only.</param>
internal sealed record ConfiguredScope(IReadOnlyList<Marker> Environments, IReadOnlyList<Marker> Required);
