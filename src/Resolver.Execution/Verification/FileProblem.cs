namespace Resolver.Execution.Verification;

/// <summary>Something wrong with a file of an installed distribution.</summary>
/// <param name="Kind">What.</param>
/// <param name="Owner">The distribution whose RECORD says otherwise: name and version, fit for a terminal.</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="Other">For <see cref="FileProblemKind.OwnedTwice"/>: the other distribution.</param>
public sealed record FileProblem(FileProblemKind Kind, string Owner, string Path, string? Other = null);
