namespace Resolver.Packaging.Lockfiles;

/// <summary>What to install a locked package from: a closed set of cases.</summary>
public abstract record LockedSource
{
    private LockedSource() { }

    /// <summary>The best wheel for the interpreter.</summary>
    public sealed record Wheel(LockedFile File) : LockedSource;

    /// <summary>The sdist: there is no wheel that fits.</summary>
    public sealed record Sdist(LockedFile File) : LockedSource;

    /// <summary>A file given by URL or path.</summary>
    public sealed record Archive(LockedFile File) : LockedSource;

    /// <summary>A commit.</summary>
    public sealed record VersionControl(LockedVersionControl Repository) : LockedSource;

    /// <summary>A folder.</summary>
    public sealed record Directory(LockedDirectory Folder) : LockedSource;
}
