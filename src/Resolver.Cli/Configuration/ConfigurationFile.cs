using Resolver.Application.Environments;
using Resolver.Archives.Declarations;
using Resolver.Execution.Options;
using Resolver.Packaging.Names;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Configuration;

/// <summary>What one file says: <c>resolver.toml</c>, or <c>[tool.resolver]</c> of a <c>pyproject.toml</c>.</summary>
internal sealed record ConfigurationFile
{
    /// <summary>As messages name it; what it names is relative to its folder.</summary>
    public required string Path { get; init; }

    /// <summary>Options, in the order of <see cref="Settings.All"/>.</summary>
    public IReadOnlyList<SettingValue> Values { get; init; } = [];

    /// <summary>Build requirements that are not needed.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>Versions that are never chosen.</summary>
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>Metadata that archives do not tell.</summary>
    public IReadOnlyList<DeclaredMetadata> Metadata { get; init; } = [];

    /// <summary>Versions that were withdrawn.</summary>
    public IReadOnlyList<YankedVersions> Yanked { get; init; } = [];

    /// <summary>Settings for build backends, of all projects and of single ones.</summary>
    public IReadOnlyList<ConfigSetting> ConfigSettings { get; init; } = [];

    /// <summary>Variables for the builds of single projects.</summary>
    public IReadOnlyDictionary<PackageName, IReadOnlyDictionary<string, string>> BuildEnvironment { get; init; } =
        new Dictionary<PackageName, IReadOnlyDictionary<string, string>>();

    /// <summary>Environments to plan for.</summary>
    public IReadOnlyList<ConfiguredEnvironment> Environments { get; init; } = [];

    /// <summary>What <c>--universal</c> is for; null where the file does not say.</summary>
    public UniversalSettings? Scope { get; init; }

    /// <summary>Everything but options, as it is shown.</summary>
    public IReadOnlyList<ConfiguredRule> Rules { get; init; } = [];
}
