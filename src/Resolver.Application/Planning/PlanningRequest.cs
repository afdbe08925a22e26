using Resolver.Application.Archives;
using Resolver.Application.Backends;
using Resolver.Application.Environments;
using Resolver.Application.Inputs;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Application.Planning;

/// <summary>Everything a plan is made from, as requested: nothing of it has been read yet. Immutable.</summary>
public sealed record PlanningRequest
{
    /// <summary>What names the projects to plan for; null for a batch, which names its own.</summary>
    public RequestedProjects? Projects { get; init; }

    /// <summary>Archives, trees and directories that are installed exactly as they are; empty: no batch.</summary>
    public IReadOnlyList<string> Batch { get; init; } = [];

    /// <summary>Constraint files, as pip's <c>-c</c>.</summary>
    public IReadOnlyList<string> ConstraintFiles { get; init; } = [];

    /// <summary>Override files, as uv's <c>--overrides</c>.</summary>
    public IReadOnlyList<string> OverrideFiles { get; init; } = [];

    /// <summary>What there is to choose from.</summary>
    public ArchiveSettings Archive { get; init; } = new();

    /// <summary>Whether build backends may be asked.</summary>
    public MetadataSettings Metadata { get; init; } = MetadataSettings.Static;

    /// <summary>Where the plan is to be installed.</summary>
    public TargetSettings Target { get; init; } = TargetSettings.Default;

    /// <summary>Which environments the plan is for.</summary>
    public EnvironmentChoice Environments { get; init; } = EnvironmentChoice.OfInterpreter;

    /// <summary>Adds preferences, such as which version is better, to the request once its environment is known. The
    /// result has the same roots and environment.</summary>
    public Func<PlanRequest, PlanRequest> Prefer { get; init; } = request => request;

    /// <summary>What <c>--no-binary</c> and <c>--only-binary</c> say, made again for each session: requirement files
    /// add to it.</summary>
    public Func<FormatControl> Formats { get; init; } = () => new FormatControl();

    /// <summary>Whether <see cref="Prefer"/> says which pre-releases are allowed; then <c>--pre</c> of requirement
    /// files does not count.</summary>
    public bool IsPrereleaseGiven { get; init; }

    /// <summary>An earlier plan (JSON) or lock file whose versions are kept where they satisfy; null: none.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether the runtime dependencies of what is requested are ignored, as pip's <c>--no-deps</c>. Builds
    /// get what they require, with its dependencies.</summary>
    public bool IgnoresDependencies { get; init; }

    /// <summary>Whether what builds require is ignored: it is there already, in a way that no metadata show.</summary>
    public bool IgnoresBuildRequirements { get; init; }

    /// <summary>Requirements that are ignored.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>Versions that are never chosen.</summary>
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>When to give up; the time counts from the moment a session is opened.</summary>
    public PlanLimits Limits { get; init; } = new();

    /// <summary>The engine.</summary>
    public ISolver Engine { get; init; } = new DomainSolver();

    /// <summary>Whether something will be built or installed, so that the interpreter's pip matters.</summary>
    public bool Builds { get; init; }

    /// <summary>Finds contradictions that show without reading anything.</summary>
    /// <exception cref="InputException">There is one.</exception>
    internal void Validate()
    {
        if (Projects is { IsEmpty: true })
            throw InputException.Usage(
                "nothing is requested",
                "add a requirement, -r, --script, --group or --pyproject"
            );
        if (
            Environments.PythonPlatform is not null && Environments.IsSeveral
            || Environments.PythonVersion is not null && Environments.Named.Count > 0
        )
            throw InputException.Usage(
                "--python-version and --python-platform cannot be combined with several environments",
                "describe each under [environments.NAME] in resolver.toml"
            );
        if (IgnoresDependencies && Projects is null)
            throw InputException.Usage(
                "--no-deps requires requirements: a batch is ordered by its dependencies",
                "leave it out: everything in a batch is installed, and nothing else"
            );
        if (Metadata.RunsBackends && Environments.IsDescribed)
            throw InputException.Usage(
                "--offline-metadata build asks build backends, which run in the interpreter of --python",
                "leave out --python-version, --python-platform, --environment and --universal"
            );
    }
}
