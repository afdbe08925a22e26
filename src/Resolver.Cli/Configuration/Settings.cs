using Resolver.Cli.Terminal;

namespace Resolver.Cli.Configuration;

/// <summary>Every option that can be set by a file or an environment variable.</summary>
internal static class Settings
{
    /// <summary>What the names of environment variables begin with.</summary>
    public const string Prefix = ConsoleEnvironment.OwnPrefix;

    /// <summary>In the order they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("find-links", SettingKind.Paths),
        new("python", SettingKind.Program, "python3"),
        new("installed", SettingKind.Paths),
        new("no-installed", SettingKind.Flag, "false"),
        new("prefix", SettingKind.Path) { SilencedBy = ["target", "root"] },
        new("target", SettingKind.Path) { SilencedBy = ["prefix", "root"] },
        new("root", SettingKind.Path) { SilencedBy = ["prefix", "target"] },
        new("python-version", SettingKind.Text),
        new("python-platform", SettingKind.Text),
        new("constraint", SettingKind.Paths),
        new("overrides", SettingKind.Paths),
        new("resolution", SettingKind.Text, "highest"),
        new("objective", SettingKind.Ranking, "newest"),
        new("build-isolation", SettingKind.Text, "none"),
        new("prerelease", SettingKind.Text, "if-necessary-or-explicit"),
        new("no-binary", SettingKind.Projects),
        new("only-binary", SettingKind.Projects),
        new("prefer", SettingKind.Ranking, "installed, wheel, sdist, tree"),
        new("lock", SettingKind.Path),
        new("upgrade", SettingKind.Flag, "false"),
        new("upgrade-package", SettingKind.Projects),
        new("reinstall", SettingKind.Flag, "false"),
        new("solver", SettingKind.Text, "cdcl"),
        new("timeout", SettingKind.Number),
        new("conflict-limit", SettingKind.Number),
        new("stats", SettingKind.Flag, "false"),
        new("pip", SettingKind.Program),
        new("build-frontend", SettingKind.Text, "hooks"),
        new("offline-metadata", SettingKind.Text, "static"),
        new("hook-timeout", SettingKind.Number, "300"),
        new("jobs", SettingKind.Number),
        new("cache-dir", SettingKind.Path),
        new("no-cache", SettingKind.Flag, "false"),
        new("index", SettingKind.Text),
        new("color", SettingKind.Text, "auto"),
        new("quiet", SettingKind.Flag, "false"),
        new("verbose", SettingKind.Flag, "false"),
        new("no-progress", SettingKind.Flag, "false"),
    ];

    /// <summary>The setting of a key, or null where there is none.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(each => each.Key == key);
}
