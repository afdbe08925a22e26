using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;

namespace Resolver.Archives.Declarations;

/// <summary>Versions of a project that were withdrawn (PEP 592): chosen only where exactly they are requested. Files
/// on disk carry no such mark, so the archive's owner notes it.</summary>
/// <param name="Project">Whose versions.</param>
/// <param name="Versions">Which, pre-releases included; the empty set of specifiers is every version.</param>
/// <param name="Reason">Why, for a person, one line, or null.</param>
public sealed record YankedVersions(PackageName Project, SpecifierSet Versions, string? Reason = null);
