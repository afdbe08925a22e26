namespace Resolver.Resolution.Problems;

/// <summary>Why a candidate may never be chosen.</summary>
/// <param name="Why">A stable word: <c>requires-python</c>, <c>tags</c>, <c>yanked</c>, <c>prerelease</c>,
/// <c>policy</c>, <c>metadata</c>, <c>pinned</c>.</param>
/// <param name="Detail">The same for a person, without naming the candidate.</param>
public sealed record UnusableReason(string Why, string Detail);
