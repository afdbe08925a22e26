using Resolver.Resolution.Explanations;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

namespace Resolver.Cli.Solving;

/// <summary>One question of a universe file, its answer, and what it took.</summary>
/// <param name="Packages">Project and version as the file writes them, by name; empty where there is no
/// selection.</param>
/// <param name="LoadMilliseconds">From bytes to typed requirements, once a file.</param>
/// <param name="EncodeMilliseconds">From the universe to the problem.</param>
/// <param name="SolveMilliseconds">From the problem to the answer, version sets and the proof of the best
/// included.</param>
/// <param name="Explanation">Why there is none, where that was requested.</param>
/// <param name="Differences">Where the answer is not what the file expects, one line each; null where nobody
/// asked.</param>
internal sealed record SolvedQuery(
    UniverseQuery Query,
    Outcome Outcome,
    IReadOnlyList<KeyValuePair<string, string>> Packages,
    double LoadMilliseconds,
    double EncodeMilliseconds,
    double SolveMilliseconds,
    Explanation? Explanation,
    IReadOnlyList<string>? Differences
);
