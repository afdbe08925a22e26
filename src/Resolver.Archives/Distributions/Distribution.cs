using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Distributions;

/// <summary>One distribution found on disk or through an interpreter, with what could be read of it and where each
/// value comes from. A file that could not be read at all has <see cref="Problems"/> and no
/// <see cref="Name"/>.</summary>
public sealed record Distribution
{
    private readonly string? wheelName;
    private WheelFileName? wheel;

    /// <summary>As given on the command line, with <c>/</c>; a project in a subfolder of an archive is
    /// <c>FILE#subdirectory=REL</c>. Null only for an installed one without a path.</summary>
    public required string? Path { get; init; }

    public required DistributionKind Kind { get; init; }

    /// <summary>Lower-case hex of the whole file; null for trees and installed ones.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the file; null where there is no single file.</summary>
    public long? Size { get; init; }

    public PackageName? Name { get; init; }

    /// <summary>The name as the metadata spells it.</summary>
    public string? RawName { get; init; }

    public Version? Version { get; init; }

    public SpecifierSet? RequiresPython { get; init; }

    /// <summary>What a wheel's Requires-Dist would hold, optional dependencies as <c>…; extra == "x"</c>; null where
    /// not known without running code.</summary>
    public IReadOnlyList<Requirement>? RequiresDist { get; init; }

    /// <summary>Of an installed one: the requirements that can be read, though <see cref="RequiresDist"/> is null as
    /// another cannot.</summary>
    public IReadOnlyList<Requirement> ReadableRequires { get; init; } = [];

    public IReadOnlyList<ExtraName> Extras { get; init; } = [];

    /// <summary>Null for wheels and installed ones.</summary>
    public IReadOnlyList<Requirement>? BuildRequires { get; init; }

    public string? BuildBackend { get; init; }

    /// <summary>PEP 517 <c>backend-path</c>; not empty where the project's own tree holds its backend.</summary>
    public IReadOnlyList<string> BackendPath { get; init; } = [];

    /// <summary>Name, tags and build tag of a wheel, as its file name says; null for every other kind.</summary>
    public WheelFileName? Wheel
    {
        get => wheel ??= wheelName is null ? null : WheelFileName.Parse(wheelName);
        init => wheel = value;
    }

    /// <summary>A file name that is known to be that of a wheel, for <see cref="Wheel"/>: parsed when it is asked
    /// for, which of most it never is.</summary>
    internal string? WheelName
    {
        init => wheelName = value;
    }

    /// <summary>Where each value comes from, by the contract's keys (<c>name</c>, <c>version</c>,
    /// <c>requires_dist</c>, <c>build_requires</c>, <c>requires_python</c>); null where unknown.</summary>
    public IReadOnlyDictionary<string, MetadataSource?> Known { get; init; } =
        new Dictionary<string, MetadataSource?>();

    /// <summary>The variables that tell a build its version, if its backend would ask version control; empty
    /// where it finds the version in a file.</summary>
    public IReadOnlyList<string> VersionVariables { get; init; } = [];

    /// <summary>What the build must be told through the environment to get <see cref="Version"/>, whoever says which
    /// that is; empty where nothing.</summary>
    public IReadOnlyDictionary<string, string> BuildEnvironment =>
        Version is { } version && VersionVariables.Count > 0
            ? new SortedDictionary<string, string>(
                VersionVariables.ToDictionary(variable => variable, _ => version.ToString()),
                StringComparer.Ordinal
            )
            : System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>PEP 592 by the archive's notes.</summary>
    public bool Yanked { get; init; }

    /// <summary>Why, for a person, or null where nobody said.</summary>
    public string? YankedBecause { get; init; }

    /// <summary>What requirements print as, without parsing those that an index gave.</summary>
    public static IEnumerable<string> Printed(IReadOnlyList<Requirement> requirements) =>
        requirements is IPrintedRequirements texts
            ? texts.Printed
            : requirements.Select(requirement => requirement.ToString());

    /// <summary>What is wrong or unknown, each with a stable code.</summary>
    public IReadOnlyList<ArchiveProblem> Problems { get; init; } = [];
}
