using Resolver.Application.Inputs;
using Resolver.Archives.Declarations;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;

namespace Resolver.Application.Archives;

/// <summary>The archive and how it is read.</summary>
public sealed record ArchiveSettings
{
    /// <summary>Directories of sdists, wheels and unpacked trees, read recursively; files and
    /// <c>FILE#subdirectory=REL</c> as well.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>What is declared of its files: metadata, yanked versions.</summary>
    public ArchiveDeclarations Declarations { get; init; } = ArchiveDeclarations.None;

    /// <summary>Where what was read is kept, absolute; null keeps nothing.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>A PostgreSQL database that keeps the index instead of the cache folder, or null.</summary>
    public string? SharedIndex { get; init; }

    /// <summary>How files are read.</summary>
    public ScanOptions Scanning { get; init; } = ScanOptions.Default;

    /// <summary>The index of what was read earlier. Nothing is opened before the first archive is read.</summary>
    /// <param name="warn">Called at most once, with why the index is not used.</param>
    /// <exception cref="InputException"><see cref="SharedIndex"/> is no URL of a database.</exception>
    public ArchiveIndex OpenIndex(Action<string> warn)
    {
        if (CacheFolder is null)
            return ArchiveIndex.None;
        if (SharedIndex is null)
            return ArchiveIndex.InDirectory(CacheFolder, warn);
        try
        {
            return ArchiveIndex.InPostgres(SharedIndex, warn);
        }
        catch (FormatException exception)
        {
            throw InputException.Usage($"--index: {exception.Message}");
        }
    }
}
