namespace Resolver.Resolution.Explanations;

/// <summary>A near miss. <paramref name="Why"/> is a stable word: <c>requires-python</c>, <c>out-of-range</c>, <c>prerelease</c>, <c>yanked</c>, <c>tags</c>, <c>metadata</c>, <c>misspelt</c>, <c>policy</c>, <c>cycle</c>.</summary>
public sealed record Hint(string Name, string? Version, string Why, string Detail);

/// <summary>One change: <c>add</c> a requirement's worth of archive, or <c>drop</c> a requirement.</summary>
public sealed record FixAction(string Verb, string What);
