using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Candidates;

/// <summary>A distribution as the solver sees it. Immutable; equal by identity.</summary>
public sealed class Candidate
{
    public required PackageName Name { get; init; }

    public required Version Version { get; init; }

    public required DistributionKind Kind { get; init; }

    /// <summary>Where it lies, as given on the command line and with <c>/</c>; for an installed one its dist-info, or
    /// null where it has no path.</summary>
    public string? Path { get; init; }

    /// <summary>Further paths of the same content, written as <see cref="Path"/>: references to any of them mean this
    /// candidate.</summary>
    public IReadOnlyList<string> OtherPaths { get; init; } = [];

    /// <summary>Whether it lies outside the archive, where only a reference in the metadata of another candidate
    /// points: it is chosen after everything that lies in the archive.</summary>
    public bool OnlyByReference { get; init; }

    /// <summary>Whether it satisfies no requirement but those that refer to it.</summary>
    public bool OnlyForReferences { get; init; }

    /// <summary>Content hash (lower-case hex), or null where there is no single file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the file; null where there is no single file, or nobody asked.</summary>
    public long? Size { get; init; }

    /// <summary>The extras that it provides (Provides-Extra), and those its requirements name; null where that cannot
    /// be known.</summary>
    public IReadOnlyList<ExtraName>? Extras { get; init; }

    /// <summary>What it needs to run, optional dependencies as <c>…; extra == "x"</c>. Null where it cannot be known
    /// without running code.</summary>
    public IReadOnlyList<Requirement>? Requires { get; init; }

    /// <summary>What it needs to be built; counted only where <see cref="Kind"/> is an sdist or a tree. Null where
    /// unknown.</summary>
    public IReadOnlyList<Requirement>? BuildRequires { get; init; }

    /// <summary>The Pythons it runs on, or null where it does not say.</summary>
    public SpecifierSet? RequiresPython { get; init; }

    /// <summary>The tags of a wheel; null for every other kind.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>PEP 427 build tag of a wheel as (number, suffix), or null where it has none.</summary>
    public (System.Numerics.BigInteger Number, string Suffix)? BuildTag { get; init; }

    /// <summary>PEP 592: used only where a requirement pins exactly this version, or a lock has it.</summary>
    public bool Yanked { get; init; }

    /// <summary>Why it was yanked, for a person, or null where nobody said.</summary>
    public string? YankedBecause { get; init; }

    /// <summary>Why it can never be chosen, for a person, or null where it can.</summary>
    public string? UnusableBecause { get; init; }

    /// <summary>Whether the file itself is why it is unusable, so that no declared metadata and no build backend make
    /// it usable.</summary>
    public bool IsDefective { get; init; }

    /// <summary>The name that a wheel has to have by its metadata, where its own says something else; null everywhere
    /// else.</summary>
    public string? RightFileName { get; init; }

    /// <summary>The module of the build backend (PEP 517), or null where it is unknown, lies in the project itself, or
    /// nothing is built.</summary>
    public string? BuildBackend { get; init; }

    /// <summary>Environment variables its build must be given, such as the version that only a version control system
    /// knows.</summary>
    public IReadOnlyDictionary<string, string>? BuildEnvironment { get; init; }

    /// <summary>Notes on values that rest on weak sources, for a person; empty where all are reliable.</summary>
    public IReadOnlyList<string> Weaknesses { get; init; } = [];

    /// <summary>Whether it must be built before it is installed.</summary>
    public bool IsBuilt => Kind is DistributionKind.Sdist or DistributionKind.Tree;

    /// <summary>Whether the build backend may come from this project: by its name, or because no build requirement has
    /// a name that says so.</summary>
    public bool MayTakeBackendFrom(PackageName project) =>
        BuildBackend is { } backend
        && (
            BackendModule.IsOf(backend, project)
            || BuildRequires?.Any(each => BackendModule.IsOf(backend, each.Name)) != true
        );

    /// <summary>What tells two candidates with the same bytes apart: the folder of the project inside the file, and
    /// the tags and build tag that a wheel's file name gives it (PEP 427).</summary>
    public string ContentKey =>
        DistributionPath.Parse(Path ?? "").Fragment + (Tags is null ? "" : $" {TagText} {BuildTag}");

    /// <summary>The tags in ordinal order, separated by blanks; empty where there are none.</summary>
    public string TagText =>
        Tags is null ? "" : string.Join(' ', Tags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal));

    public override string ToString() => $"{Name} {Version} ({Kind})";
}
