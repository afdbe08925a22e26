namespace Resolver.Packaging.Installed;

/// <summary>What the URL of a direct reference points to: exactly one of a closed set (direct URL data
/// structure).</summary>
public abstract record DirectUrlSource
{
    private DirectUrlSource() { }

    /// <summary>A commit (<c>vcs_info</c>).</summary>
    /// <param name="Type"><c>git</c>, <c>hg</c>, <c>bzr</c>, <c>svn</c> or another.</param>
    /// <param name="CommitId">The exact commit that was installed.</param>
    /// <param name="RequestedRevision">What the user requested; null where nothing.</param>
    public sealed record VersionControl(string Type, string CommitId, string? RequestedRevision) : DirectUrlSource;

    /// <summary>A source archive or a wheel (<c>archive_info</c>).</summary>
    /// <param name="Hashes">Algorithm (lower case) and digest (hexadecimal, as written), sorted by algorithm. Empty
    /// where none is known.</param>
    /// <param name="LegacyHash">The deprecated <c>hash</c> key, <c>ALGORITHM=DIGEST</c>; null where absent. Its hash
    /// is among <paramref name="Hashes"/> even where only it was written.</param>
    public sealed record Archive(IReadOnlyList<KeyValuePair<string, string>> Hashes, string? LegacyHash)
        : DirectUrlSource;

    /// <summary>A folder on disk (<c>dir_info</c>).</summary>
    /// <param name="Editable">Null where not said, which means no.</param>
    public sealed record LocalDirectory(bool? Editable) : DirectUrlSource;
}
