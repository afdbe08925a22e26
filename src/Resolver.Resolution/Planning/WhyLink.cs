using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Planning;

/// <summary>One link of a path from what the user requested to a step. A root has neither name nor version.</summary>
public sealed record WhyLink(PackageName? Name, Version? Version, Requirement Requirement, Role Role);
