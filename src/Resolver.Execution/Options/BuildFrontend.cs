namespace Resolver.Execution.Options;

/// <summary>What builds wheels from sources. Of every backend that was tried the wheels are the same, byte for byte,
/// but for one that copies what its metadata hook wrote (pdm.pep517): there the order and the modes of the files of
/// <c>.dist-info</c> differ.</summary>
public enum BuildFrontend
{
    /// <summary>The hook <c>build_wheel</c> of the build backend (PEP 517), called directly: one process a build. pip
    /// installs what was built.</summary>
    Hooks,

    /// <summary><c>pip wheel</c>: three processes a build.</summary>
    Pip,
}
