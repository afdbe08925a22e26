using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Tags;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Requests;

/// <summary>What is asked of a plan: the requirements, the environment and the preferences. Everything has the
/// defaults of the contract.</summary>
public sealed record PlanRequest
{
    /// <summary>What the user wants, in the order given: the order decides what is optimised first.</summary>
    public IReadOnlyList<Requirement> Roots { get; init; } = [];

    /// <summary>Bounds on projects that are in the plan anyway (pip's <c>-c</c>); they never bring one in.</summary>
    public IReadOnlyList<Requirement> Constraints { get; init; } = [];

    /// <summary>Replace every requirement on the projects they name (uv's <c>--overrides</c>).</summary>
    public IReadOnlyList<Requirement> Overrides { get; init; } = [];

    /// <summary>What markers are judged by.</summary>
    public required MarkerEnvironment Environment { get; init; }

    /// <summary>Whether build backends are requested what files do not say: a fix does not advise it then.</summary>
    public bool AsksBackends { get; init; }

    /// <summary>The tags wheels are judged by, or null where every wheel is fit.</summary>
    public SupportedTags? Tags { get; init; }

    /// <summary>What judges Python's version and wheels in place of <see cref="Environment"/> and <see cref="Tags"/>;
    /// null: these do.</summary>
    internal ICandidateFitness? Fitness { get; init; }

    public ResolutionMode Resolution { get; init; } = ResolutionMode.Highest;

    public PrereleaseMode Prerelease { get; init; } = PrereleaseMode.IfNecessaryOrExplicit;

    /// <summary>Projects of which no wheel may be used; see <see cref="ForbidsWheels"/>.</summary>
    public NameFilter NoBinary { get; init; } = NameFilter.None;

    /// <summary>Projects of which nothing may be built; see <see cref="ForbidsBuilds"/>.</summary>
    public NameFilter OnlyBinary { get; init; } = NameFilter.None;

    /// <summary>Whether an older wheel is better than a newer version that must be built (pip's
    /// <c>--prefer-binary</c>).</summary>
    public bool PreferBinary { get; init; }

    /// <summary>Whether no wheel of the project may be used: a project that is named wins over <c>:all:</c>, in both
    /// directions, as in pip.</summary>
    public bool ForbidsWheels(PackageName project) =>
        !OnlyBinary.Names(project) && (NoBinary.Names(project) || (NoBinary.IsAll && !OnlyBinary.IsAll));

    /// <summary>Whether nothing of the project may be built; as <see cref="ForbidsWheels"/>.</summary>
    public bool ForbidsBuilds(PackageName project) =>
        OnlyBinary.Names(project) || (OnlyBinary.IsAll && !NoBinary.Names(project));

    /// <summary>Best first, among artifacts of one version. Kinds that are not named come last, in their own
    /// order.</summary>
    public IReadOnlyList<DistributionKind> Prefer { get; init; } =
    [DistributionKind.Installed, DistributionKind.Wheel, DistributionKind.Sdist, DistributionKind.Tree];

    /// <summary>Projects whose installed or locked version has no precedence (<c>-U</c>, <c>-P</c>).</summary>
    public NameFilter Upgrade { get; init; } = NameFilter.None;

    /// <summary>Whether what is installed is chosen only where there is nothing else.</summary>
    public bool Reinstall { get; init; }

    /// <summary>What the plan is to be best at; the first counts most. <see cref="Objective.Newest"/>, within
    /// <see cref="Resolution"/> and what is kept, stands at the end of every list.</summary>
    public IReadOnlyList<Objective> Objectives { get; init; } = [];

    /// <summary>Whether a build sees the install set, or an environment of its own.</summary>
    public BuildIsolation BuildIsolation { get; init; }

    /// <summary>Versions to keep where they satisfy, from an earlier lock.</summary>
    public IReadOnlyDictionary<PackageName, Version> Preferred { get; init; } = new Dictionary<PackageName, Version>();

    /// <summary>Versions that alone may be used.</summary>
    public IReadOnlyDictionary<PackageName, Version> Pinned { get; init; } = new Dictionary<PackageName, Version>();

    /// <summary>Build requirements a user knows to be unnecessary.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>Versions that are never chosen, whatever asks for them.</summary>
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>What may be chosen all the same, although something else of the request or its own metadata speak
    /// against it: fixes that were applied.</summary>
    public IReadOnlyList<Permission> Permissions { get; init; } = [];

    /// <summary>Requirements of candidates that do not count, or count as another: fixes that were applied.</summary>
    public IReadOnlyList<AmendedRequirement> Amendments { get; init; } = [];

    /// <summary>Whether a root, constraint or override counts in the environment: its marker holds where no extra is
    /// requested. One whose marker cannot be judged counts, and nothing meets it (PEP 508).</summary>
    internal bool Counts(Requirement written) =>
        written.Marker is not { } marker || marker.TryEvaluate(Environment, []) is not { Success: true, Value: false };
}
