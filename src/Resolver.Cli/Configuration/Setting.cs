namespace Resolver.Cli.Configuration;

/// <summary>A shared option that can also be set by a file or an environment variable. What its value may be is the
/// option's own matter.</summary>
/// <param name="Key">The long name of the option without its dashes; the key in files.</param>
/// <param name="Default">What holds where nothing is said, for a person; null where that is nothing.</param>
internal sealed record Setting(string Key, SettingKind Kind, string? Default = null)
{
    /// <summary>Keys that say the same thing otherwise: where a stronger place gives one of them, this one is not
    /// heard.</summary>
    public IReadOnlyList<string> SilencedBy { get; init; } = [];

    /// <summary>The name of the option.</summary>
    public string Option => "--" + Key;

    /// <summary>The environment variable.</summary>
    public string Variable => Settings.Prefix + Key.ToUpperInvariant().Replace('-', '_');

    /// <summary>Whether all places add up.</summary>
    public bool AddsUp => Kind is SettingKind.Paths or SettingKind.Projects;

    /// <summary>Whether several values can be given.</summary>
    public bool IsList => AddsUp || Kind == SettingKind.Ranking;
}
