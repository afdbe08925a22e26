using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Execution.Hooks;
using Resolver.Execution.Options;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Inputs;

/// <summary>What a command line says of builds, for asking their backends.</summary>
/// <param name="Pip">As <c>--pip</c> names it, or null.</param>
/// <param name="ConfigSettings">Settings for backends, configured ones included.</param>
internal sealed record HookSettings(string? Pip, IReadOnlyList<ConfigSetting> ConfigSettings)
{
    /// <summary>Only what is configured.</summary>
    public static HookSettings None(CommandContext context) => new(null, context.Configuration.ConfigSettings);

    /// <summary>These, and what requirement files say of single projects; what the command line says of the same key
    /// counts more.</summary>
    public HookSettings With(IReadOnlyList<ConfigSetting> lines) =>
        this with
        {
            ConfigSettings =
            [
                .. lines.Where(each =>
                    !ConfigSettings.Any(other => other.Project == each.Project && other.Key == each.Key)
                ),
                .. ConfigSettings,
            ],
        };

    /// <summary>How backends are asked.</summary>
    /// <param name="searchPath">Folders that builds see beside their own.</param>
    public HookOptions ToOptions(
        MetadataOptions metadata,
        ArchiveOptions archive,
        ParseResult parsed,
        CommandContext context,
        IReadOnlyList<string> searchPath
    ) =>
        new()
        {
            LogFolder = StateFolder.HookLogs(Environment.GetEnvironmentVariable),
            CacheFolder = archive.CacheFolder(parsed),
            TimeLimit = metadata.TimeLimit(parsed),
            Jobs = archive.Jobs(parsed) ?? Environment.ProcessorCount,
            SearchPath = searchPath,
            ConfigSettings = ConfigSettings,
            ProjectEnvironment = context.Configuration.BuildEnvironment,
            NamedPip = Pip,
        };
}
