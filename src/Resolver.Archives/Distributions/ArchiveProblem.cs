namespace Resolver.Archives.Distributions;

/// <summary>Something wrong with, or unknown about, one distribution.</summary>
/// <param name="Code">Stable, documented in <c>docs/diagnostics.md</c>, such as <c>archive-truncated</c>.</param>
/// <param name="Message">One line for a person: the file, the place where there is one, the reason, and the way out
/// where there is one.</param>
/// <param name="Fatal">Whether nothing of the distribution can be used.</param>
public sealed record ArchiveProblem(string Code, string Message, bool Fatal);
