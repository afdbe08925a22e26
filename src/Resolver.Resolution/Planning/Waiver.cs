using Resolver.Packaging.Names;

namespace Resolver.Resolution.Planning;

/// <summary>A build requirement that a user knows to be unnecessary.</summary>
/// <param name="Project">Whose build, or null for every project's.</param>
/// <param name="Requirement">The project it need not have.</param>
public sealed record Waiver(PackageName? Project, PackageName Requirement);
