namespace Resolver.Application.Environments;

/// <summary>Which environments a plan is for: the interpreter's own where nothing else is said, one that is described,
/// several that are described, or every environment.</summary>
/// <remarks>Where an environment is described, nothing counts as installed.</remarks>
public sealed record EnvironmentChoice
{
    /// <summary>The environment of the interpreter.</summary>
    public static EnvironmentChoice OfInterpreter { get; } = new();

    /// <summary>Another CPython, <c>3.12</c> or <c>3.12.4</c>; for a universal plan, the first one.</summary>
    public string? PythonVersion { get; init; }

    /// <summary>Another platform, in uv's words.</summary>
    public string? PythonPlatform { get; init; }

    /// <summary>Several environments, each with a name: one plan for all of them.</summary>
    public IReadOnlyList<EnvironmentDescription> Named { get; init; } = [];

    /// <summary>One plan for every environment, within these bounds; null: not for every one.</summary>
    public UniversalSettings? Universal { get; init; }

    /// <summary>Whether the plan is for more than one environment.</summary>
    public bool IsSeveral => Named.Count > 0 || Universal is not null;

    /// <summary>Whether the plan is for another environment than the interpreter's own.</summary>
    public bool IsDescribed => PythonVersion is not null || PythonPlatform is not null || IsSeveral;
}
