namespace Resolver.Packaging.Lockfiles;

/// <summary><c>packages.vcs</c> (PEP 751): a commit of a repository.</summary>
/// <param name="Type">The tool: <c>git</c>, <c>hg</c>, <c>bzr</c>, <c>svn</c> or another.</param>
/// <param name="Url">Where it can be fetched; this or <paramref name="Path"/> is given.</param>
/// <param name="Path">Where it is, relative to the lock file's folder where it is relative.</param>
/// <param name="RequestedRevision">What the user requested; information only.</param>
/// <param name="CommitId">The commit to install.</param>
/// <param name="Subdirectory">The folder that holds the project; null for the root.</param>
public sealed record LockedVersionControl(
    string Type,
    string? Url,
    string? Path,
    string? RequestedRevision,
    string CommitId,
    string? Subdirectory
);
