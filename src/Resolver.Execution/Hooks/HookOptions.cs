using Resolver.Execution.Options;
using Resolver.Packaging.Names;

namespace Resolver.Execution.Hooks;

/// <summary>How build backends are asked. Everything but the log's folder has a default.</summary>
public sealed record HookOptions
{
    /// <summary>Where the log of each question goes; absolute.</summary>
    public required string LogFolder { get; init; }

    /// <summary>Where answers and the wheels of build requirements are kept; null keeps neither.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>How long one hook, or the build of one requirement, may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many projects are asked side by side; at least 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>What relative paths of plans are relative to.</summary>
    public string BaseFolder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Folders that builds see beside what is made for them: the destination's and those of
    /// <c>--installed</c>.</summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    public IReadOnlyList<ConfigSetting> ConfigSettings { get; init; } = [];

    /// <summary>Variables for the build of single projects.</summary>
    public IReadOnlyDictionary<PackageName, IReadOnlyDictionary<string, string>> ProjectEnvironment { get; init; } =
        new Dictionary<PackageName, IReadOnlyDictionary<string, string>>();

    /// <summary>What builds the wheels of build requirements.</summary>
    public BuildFrontend BuildFrontend { get; init; } = BuildFrontend.Hooks;

    /// <summary>The pip the user named, or null.</summary>
    public string? NamedPip { get; init; }

    /// <summary>The caller's variables; null for those of this process.</summary>
    public IReadOnlyDictionary<string, string>? CallerEnvironment { get; init; }
}
