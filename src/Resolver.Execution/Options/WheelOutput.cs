using Resolver.Packaging.Names;

namespace Resolver.Execution.Options;

/// <summary>Which wheels of a run are handed out: those that it builds, and those that the plan takes as they
/// are.</summary>
/// <param name="Folder">Where they are written, each under its own name, over one of the same name; made where it does
/// not exist.</param>
/// <param name="Projects">The projects whose wheels are written.</param>
public sealed record WheelOutput(string Folder, IReadOnlySet<PackageName> Projects);
