namespace Resolver.Resolution.Problems;

/// <summary>For what kind of reason a candidate may never be chosen. A permission lifts one of them.</summary>
public enum UnusableKind
{
    /// <summary>What it is or what it requires is not known.</summary>
    Metadata,

    /// <summary>Another version is pinned.</summary>
    Pinned,

    /// <summary>The request excludes it.</summary>
    Excluded,

    /// <summary>It does not run on this Python.</summary>
    RequiresPython,

    /// <summary>It is a wheel for other systems.</summary>
    Tags,

    /// <summary>The request does not want files of its form.</summary>
    Policy,

    /// <summary>It was withdrawn by who published it.</summary>
    Yanked,

    /// <summary>It is a pre-release, and the request does not want these.</summary>
    Prerelease,

    /// <summary>It is not there: an explanation supposed it. Never shown.</summary>
    Absent,
}
