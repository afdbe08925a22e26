namespace Resolver.Execution.Sources;

/// <summary>What pip is given to build a step from.</summary>
/// <param name="Argument">As pip takes it: a path or a <c>file:</c> URL.</param>
/// <param name="Unpacked">The folder of the project, where it was unpacked because pip cannot build its archive; null
/// where pip takes the file or tree itself.</param>
/// <param name="File">The copy of the archive, or the tree; absolute.</param>
internal sealed record PipSource(string Argument, string? Unpacked, string File);
