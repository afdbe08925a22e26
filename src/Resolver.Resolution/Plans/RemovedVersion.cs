using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Plans;

/// <summary>Something that is installed, is no part of the plan, and is removed so that nothing but the plan is
/// there.</summary>
/// <param name="Path">Its metadata: a <c>.dist-info</c> folder or the like.</param>
public sealed record RemovedVersion(PackageName Name, Version Version, string Path);
