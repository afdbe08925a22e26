using Resolver.Execution;
using Resolver.Execution.Hooks;
using Resolver.Execution.Options;
using Resolver.Execution.Runs;
using Resolver.Packaging.Names;

namespace Resolver.Application.Backends;

/// <summary>Whether code from the archive may run to learn what its files do not say, and how.</summary>
public sealed record MetadataSettings
{
    /// <summary>No code from the archive is run.</summary>
    public static MetadataSettings Static { get; } = new();

    /// <summary>Whether build backends (PEP 517) are asked.</summary>
    public bool RunsBackends { get; init; }

    /// <summary>How long a backend may take for one answer.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many backends run side by side; at least 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The pip that makes build environments; null: the interpreter's own, or the first suitable
    /// one.</summary>
    public string? Pip { get; init; }

    /// <summary>What builds the wheels of build requirements.</summary>
    public BuildFrontend BuildFrontend { get; init; } = BuildFrontend.Hooks;

    /// <summary>Settings that backends get.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings { get; init; } = [];

    /// <summary>Environment variables that the builds of a project get.</summary>
    public IReadOnlyDictionary<PackageName, IReadOnlyDictionary<string, string>> ProjectEnvironment { get; init; } =
        new Dictionary<PackageName, IReadOnlyDictionary<string, string>>();

    /// <summary>These settings and those that requirement files give for single projects; of one key of a project
    /// these win.</summary>
    internal MetadataSettings With(IReadOnlyList<ConfigSetting> lines) =>
        this with
        {
            ConfigSettings = Merged(ConfigSettings, lines),
        };

    /// <summary>Settings for backends, and those that requirement files give for single projects; of one key of a
    /// project the former win.</summary>
    public static IReadOnlyList<ConfigSetting> Merged(
        IReadOnlyList<ConfigSetting> settings,
        IReadOnlyList<ConfigSetting> lines
    ) =>
        [
            .. lines.Where(each => !settings.Any(other => other.Project == each.Project && other.Key == each.Key)),
            .. settings,
        ];

    /// <param name="cacheFolder">Where answers are kept; null keeps nothing.</param>
    /// <param name="searchPath">Folders that builds see beside their own.</param>
    internal HookOptions ToOptions(string? cacheFolder, IReadOnlyList<string> searchPath) =>
        new()
        {
            LogFolder = StateFolder.HookLogs(Environment.GetEnvironmentVariable),
            CacheFolder = cacheFolder,
            TimeLimit = TimeLimit,
            Jobs = Jobs,
            SearchPath = searchPath,
            ConfigSettings = ConfigSettings,
            ProjectEnvironment = ProjectEnvironment,
            NamedPip = Pip,
            BuildFrontend = BuildFrontend,
        };
}
