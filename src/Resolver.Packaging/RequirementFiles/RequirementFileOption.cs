namespace Resolver.Packaging.RequirementFiles;

/// <summary>The options that may stand on a line of their own in a requirement file (pip, "Requirements File
/// Format").</summary>
public enum RequirementFileOption
{
    /// <summary><c>-i</c>, <c>--index-url</c>: the index to use instead of the default one.</summary>
    IndexUrl,

    /// <summary><c>--extra-index-url</c>: one more index.</summary>
    ExtraIndexUrl,

    /// <summary><c>--no-index</c>: no index at all.</summary>
    NoIndex,

    /// <summary><c>-f</c>, <c>--find-links</c>: a folder or page of files; where relative, first sought relative to
    /// the file's folder, then to the working directory.</summary>
    FindLinks,

    /// <summary><c>--no-binary</c>: names separated by commas, <c>:all:</c> or <c>:none:</c>.</summary>
    NoBinary,

    /// <summary><c>--only-binary</c>: a name, or one of the two words.</summary>
    OnlyBinary,

    /// <summary><c>--prefer-binary</c>: an older wheel before a newer sdist.</summary>
    PreferBinary,

    /// <summary><c>--require-hashes</c>: every requirement must be pinned with a hash.</summary>
    RequireHashes,

    /// <summary><c>--no-require-hashes</c>: hashes are checked only where they are given.</summary>
    NoRequireHashes,

    /// <summary><c>--pre</c>: pre-releases are welcome.</summary>
    Pre,

    /// <summary><c>--all-releases</c>: the same for some projects: names, <c>:all:</c> or <c>:none:</c>.</summary>
    AllReleases,

    /// <summary><c>--only-final</c>: no pre-releases of these projects.</summary>
    OnlyFinal,

    /// <summary><c>--trusted-host</c>: a host whose certificate is not checked.</summary>
    TrustedHost,

    /// <summary><c>--use-feature</c>: pip's own switches.</summary>
    UseFeature,
}
