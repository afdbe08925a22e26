using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Plans;

/// <summary>Who needs a step. A root has no name.</summary>
public sealed record Need(PackageName? Name, Requirement Requirement, Role Role);
