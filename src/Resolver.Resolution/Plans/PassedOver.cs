namespace Resolver.Resolution.Plans;

/// <summary>A version that is newer than the one in the plan and could not be used.</summary>
/// <param name="Name">Canonical (PEP 503).</param>
/// <param name="Version">Of an unreadable file, as its name says.</param>
/// <param name="Path">Where it lies, or null where it has no path.</param>
/// <param name="Why">A stable word: <c>metadata</c> (unknown or invalid), <c>tags</c> (a wheel for another
/// environment), <c>requires-python</c>, <c>unreadable</c>.</param>
/// <param name="Detail">The reason, for a person.</param>
public sealed record PassedOver(string Name, string Version, string? Path, string Why, string Detail);
