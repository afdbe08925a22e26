namespace Resolver.Packaging.Distributions;

/// <summary>What provides a project at a version. The order is the default of <c>--prefer</c>: best first.</summary>
public enum DistributionKind
{
    /// <summary>A dist-info (or egg-info) that an interpreter or a prefix already has.</summary>
    Installed,

    /// <summary>A built distribution (PEP 427); needs no build.</summary>
    Wheel,

    /// <summary>A source archive; built before it is installed.</summary>
    Sdist,

    /// <summary>An unpacked source tree; built before it is installed.</summary>
    Tree,
}
