namespace Resolver.Archives.Distributions;

/// <summary>Where a metadata value comes from, strongest first (design: trust). The contract's text of each is in
/// <see cref="MetadataSources"/>.</summary>
public enum MetadataSource
{
    Declared,
    Installed,
    WheelMetadata,
    PkgInfo,
    PyProject,
    Hook,
    Poetry,
    Flit,
    GitArchival,
    EggInfo,
    SetupCfg,
    SetupPy,
    OldPkgInfo,
    FolderName,
}

/// <summary>Texts and ranks of <see cref="MetadataSource"/>.</summary>
public static class MetadataSources
{
    /// <summary>The contract's text: <c>wheel-metadata</c>, <c>pkg-info</c>, …</summary>
    public static string Text(this MetadataSource source) =>
        source switch
        {
            MetadataSource.Declared => "declared",
            MetadataSource.Installed => "installed",
            MetadataSource.WheelMetadata => "wheel-metadata",
            MetadataSource.PkgInfo => "pkg-info",
            MetadataSource.PyProject => "pyproject",
            MetadataSource.Hook => "hook",
            MetadataSource.Poetry => "poetry",
            MetadataSource.Flit => "flit",
            MetadataSource.GitArchival => "git-archival",
            MetadataSource.EggInfo => "egg-info",
            MetadataSource.SetupCfg => "setup-cfg",
            MetadataSource.SetupPy => "setup-py",
            MetadataSource.OldPkgInfo => "old-pkg-info",
            MetadataSource.FolderName => "folder-name",
            _ => throw new ArgumentOutOfRangeException(nameof(source)),
        };

    /// <summary>How far to trust it: 1 is the strongest.</summary>
    public static int Rank(this MetadataSource source) => (int)source + 1;

    /// <summary>Whether a plan that rests on this value should say so.</summary>
    public static bool IsWeak(this MetadataSource source) => source >= MetadataSource.EggInfo;
}
