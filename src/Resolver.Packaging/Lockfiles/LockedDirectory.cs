namespace Resolver.Packaging.Lockfiles;

/// <summary><c>packages.directory</c> (PEP 751): a source tree on disk.</summary>
/// <param name="Path">Relative to the lock file's folder where it is relative.</param>
/// <param name="Editable">Whether it was an editable install at lock time; null where not said, which means no.</param>
/// <param name="Subdirectory">The folder that holds the project; null for the root.</param>
public sealed record LockedDirectory(string Path, bool? Editable, string? Subdirectory);
