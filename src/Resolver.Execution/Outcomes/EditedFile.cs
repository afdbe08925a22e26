namespace Resolver.Execution.Outcomes;

/// <summary>A file that someone changed after a run installed it, met while the run was undone.</summary>
/// <param name="Path">Where it lies or lay.</param>
/// <param name="Copy">Where what it held is kept, where it was deleted or another content belongs in its place; null
/// where it stays as it is.</param>
public sealed record EditedFile(string Path, string? Copy);
