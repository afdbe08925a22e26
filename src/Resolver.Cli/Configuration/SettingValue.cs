namespace Resolver.Cli.Configuration;

/// <summary>What one place says of one setting.</summary>
/// <param name="Values">As the option takes them: one for a single value, <c>true</c> or <c>false</c> for a flag, any
/// number for a list.</param>
internal sealed record SettingValue(Setting Setting, IReadOnlyList<string> Values, Origin Origin);
