using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Batches;

/// <summary>One thing of a batch: a candidate, or a path that could not be read as one.</summary>
/// <param name="Path">As given, for messages.</param>
/// <param name="Candidate">Null where it could not be read; a candidate with <see cref="Candidate.UnusableBecause"/>
/// where it was read but cannot be planned.</param>
/// <param name="Name">The raw name where it is known.</param>
/// <param name="Code">Stable code of the problem, or null.</param>
/// <param name="Unreadable">Why it could not be read or planned, one line, or null.</param>
/// <param name="AskedByName">Whether the file itself was given (a problem is then fatal) rather than found in a
/// directory.</param>
public sealed record BatchItem(
    string Path,
    Candidate? Candidate,
    string? Name,
    string? Code,
    string? Unreadable,
    bool AskedByName
);
