namespace Resolver.Resolution.Explanations.Unmet;

/// <summary>All requested requirements that cannot be met, each by itself, and what is in their way: what a single
/// conflict does not tell of a large request.</summary>
/// <param name="Requested">How many requirements were requested.</param>
/// <param name="IsBatch">Whether they are the archives of a batch.</param>
/// <param name="Requirements">Those that cannot be met, as written, in the order of the request.</param>
/// <param name="Causes">What is in their way, what most of them share first.</param>
/// <param name="AreOthersPossible">Whether there is a plan for all others together.</param>
public sealed record UnmetRequirements(
    int Requested,
    bool IsBatch,
    IReadOnlyList<string> Requirements,
    IReadOnlyList<UnmetCause> Causes,
    bool AreOthersPossible
);

/// <summary>What is in the way of requested requirements.</summary>
/// <param name="Kind">A stable word: <c>missing</c>, <c>unknown-version</c>, <c>version</c>, <c>unusable</c>,
/// <c>constraint</c>.</param>
/// <param name="Name">The project that cannot be had.</param>
/// <param name="Requirements">The requested requirements that it is in the way of, as written.</param>
/// <param name="Text">For a person, one clause.</param>
public sealed record UnmetCause(string Kind, string Name, IReadOnlyList<string> Requirements, string Text);
