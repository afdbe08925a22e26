namespace Resolver.Resolution.Requests;

/// <summary>Why the planner takes one candidate of a project rather than another, both of which fit.</summary>
public enum PreferenceRule
{
    /// <summary>It is newer.</summary>
    Newer,

    /// <summary>It is older, and the request prefers the lowest versions.</summary>
    Older,

    /// <summary>It is installed, and stays unless an upgrade is requested.</summary>
    Installed,

    /// <summary>The lock has this version.</summary>
    Locked,

    /// <summary>The other is installed, and everything is to be installed again.</summary>
    Reinstalled,

    /// <summary>The other is only chosen where a requirement names its file.</summary>
    NotByReference,

    /// <summary>It needs no build, and the request prefers that.</summary>
    NeedsNoBuild,

    /// <summary>The other is a pre-release.</summary>
    Final,

    /// <summary>It is the better file of the same version.</summary>
    BetterFile,
}
