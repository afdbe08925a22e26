using Resolver.Packaging.Names;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Requests;

/// <summary>Candidates of a project, or of every project, that may not be chosen for one reason may be chosen all the
/// same.</summary>
/// <param name="Project">Whose candidates, or null for every project's.</param>
/// <param name="Kind">The kind of reason.</param>
public sealed record Permission(PackageName? Project, UnusableKind Kind);
