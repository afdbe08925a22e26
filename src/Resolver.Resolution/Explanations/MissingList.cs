namespace Resolver.Resolution.Explanations;

/// <summary>The shortest list of what to add so that a plan exists: at least this, since what the missing files themselves need is unknown.</summary>
/// <param name="Projects">By name; empty where there is a plan already.</param>
/// <param name="Given">How many things were asked for, or given as a batch.</param>
/// <param name="Remaining">Why no addition helps, or null where the list does.</param>
public sealed record MissingList(IReadOnlyList<MissingProject> Projects, int Given, Explanation? Remaining);
