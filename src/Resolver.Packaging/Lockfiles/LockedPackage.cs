using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Lockfiles;

/// <summary>One entry of <c>[[packages]]</c> (PEP 751). A name may have several; at most one of them may hold in an
/// environment.</summary>
public sealed record LockedPackage
{
    /// <summary><c>name</c>, normalised (PEP 751, "packages.name").</summary>
    public required PackageName Name { get; init; }

    /// <summary>Null where the source is a tree, whose version cannot be guaranteed.</summary>
    public Version? Version { get; init; }

    /// <summary>When the package is installed; null means always.</summary>
    public Marker? Marker { get; init; }

    /// <summary><c>requires-python</c>: the Pythons it runs on; null where it does not say.</summary>
    public SpecifierSet? RequiresPython { get; init; }

    /// <summary>Which other entries this one depends on: tables with <c>name</c> and what else distinguishes the entry.
    /// For auditing only: an installer must not read it. Null where absent.</summary>
    public IReadOnlyList<TomlTable>? Dependencies { get; init; }

    /// <summary>Mutually exclusive with every other source.</summary>
    public LockedVersionControl? VersionControl { get; init; }

    /// <summary>Mutually exclusive with every other source.</summary>
    public LockedDirectory? Directory { get; init; }

    /// <summary>Mutually exclusive with every other source.</summary>
    public LockedFile? Archive { get; init; }

    /// <summary>The index where the sdist and the wheels were found, or null.</summary>
    public string? Index { get; init; }

    /// <summary><c>sdist</c>: the source distribution; null where there is none. Wheels come before it.</summary>
    public LockedFile? Sdist { get; init; }

    /// <summary>Null where absent.</summary>
    public IReadOnlyList<LockedFile>? Wheels { get; init; }

    /// <summary>As written. Null where absent.</summary>
    public IReadOnlyList<TomlTable>? AttestationIdentities { get; init; }

    /// <summary><c>packages.tool</c>: disposable, must not affect what is installed. Null where absent.</summary>
    public TomlTable? Tool { get; init; }

    /// <summary>Line of the entry in the file it was read from, from 1; 0 for one that was made.</summary>
    public int Line { get; init; }
}
