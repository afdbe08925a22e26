namespace Resolver.Resolution.Requests;

/// <summary>Whether pre-releases may be chosen (uv's <c>--prerelease</c>). An installed pre-release may always be
/// kept.</summary>
public enum PrereleaseMode
{
    /// <summary>Never.</summary>
    Disallow,

    /// <summary>Like any other version.</summary>
    Allow,

    /// <summary>Only where no final or post release will do.</summary>
    IfNecessary,

    /// <summary>Only of projects for which a root requirement, a constraint or an override names a
    /// pre-release.</summary>
    Explicit,

    /// <summary>The default: finals first; pre-releases where no final release will do.</summary>
    IfNecessaryOrExplicit,
}
