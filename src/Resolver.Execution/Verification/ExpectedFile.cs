namespace Resolver.Execution.Verification;

/// <summary>A file or tree that a step uses, and the content that it must have.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Sha256">Lower-case hex; null for a tree, and for a file whose hash nobody knows.</param>
/// <param name="IsEditable">Whether it is a wheel that leads to a source tree (PEP 660).</param>
internal sealed record ExpectedFile(string Path, string? Sha256, bool IsEditable = false);
