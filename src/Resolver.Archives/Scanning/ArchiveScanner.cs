using Resolver.Archives.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>Finds and reads distributions. Reads metadata only; runs nothing; writes nothing.</summary>
public static class ArchiveScanner
{
    /// <summary>Everything below the given paths, in the order of their paths (ordinal), the same on every machine.
    /// A path is a file, an unpacked tree (it has pyproject.toml, setup.py, setup.cfg or PKG-INFO), a directory that holds such things (read recursively), or <c>FILE#subdirectory=REL</c>.</summary>
    /// <exception cref="FileNotFoundException">A given path does not exist.</exception>
    public static IReadOnlyList<Distribution> Scan(IReadOnlyList<string> paths, ScanOptions options, CancellationToken cancellation = default) => throw new NotImplementedException();
}
