using Resolver.Execution;

namespace Resolver.Cli.Inputs;

/// <summary>What a command line says of builds, for asking their backends.</summary>
/// <param name="Pip">As <c>--pip</c> names it, or null.</param>
/// <param name="ConfigSettings">Settings for backends, configured ones included.</param>
internal sealed record HookSettings(string? Pip, IReadOnlyList<ConfigSetting> ConfigSettings)
{
    /// <summary>Only what is configured.</summary>
    public static HookSettings None(CommandContext context) => new(null, context.Configuration.ConfigSettings);
}
