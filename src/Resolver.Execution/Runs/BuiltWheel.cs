namespace Resolver.Execution.Runs;

/// <summary>A wheel that a run has built.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="IsEditable">Whether it leads to a source tree (PEP 660).</param>
internal sealed record BuiltWheel(string Path, string Hash, bool IsEditable);
