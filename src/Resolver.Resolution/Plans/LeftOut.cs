namespace Resolver.Resolution.Plans;

/// <summary>An archive that <c>order --keep-going</c> could not place.</summary>
public sealed record LeftOut(string Path, string? Name, string? Version, string Code, string Reason);
