using System.CommandLine;

namespace Resolver.Cli.Help;

/// <summary>The sections in which help, manual pages and <c>docs/commands.md</c> list options, the most used options
/// first.</summary>
internal static class OptionSections
{
    private static readonly (string Heading, string[] Options)[] Sections =
    [
        ("Question", ["--why", "--why-not", "--why-before", "--all", "--cycles"]),
        (
            "Installed projects and runs",
            [
                "--not-required",
                "--only-editable",
                "--local",
                "--exclude",
                "--exclude-editable",
                "--files",
                "--invert",
                "--depth",
                "--force",
                "--last",
                "--prune",
                "--older-than",
            ]
        ),
        (
            "Requirements",
            [
                "--requirement",
                "--editable",
                "--pyproject",
                "--extra",
                "--group",
                "--script",
                "--batch",
                "--plan",
                "--ask",
                "--constraint",
                "--overrides",
            ]
        ),
        (
            "Archive",
            [
                "--find-links",
                "--build-requirements",
                "--offline-metadata",
                "--hook-timeout",
                "--verify",
                "--write-sums",
                "--plan-time",
                "--jobs",
                "--cache-dir",
                "--no-cache",
                "--index",
            ]
        ),
        (
            "Selection",
            [
                "--upgrade",
                "--upgrade-package",
                "--lock",
                "--prerelease",
                "--resolution",
                "--objective",
                "--only-binary",
                "--no-binary",
                "--prefer-binary",
                "--prefer",
                "--reinstall",
                "--no-deps",
                "--no-build-deps",
                "--keep-going",
                "--apply-fix",
                "--timeout",
                "--conflict-limit",
                "--solver",
                "--proof",
            ]
        ),
        (
            "Destination",
            [
                "--prefix",
                "--target",
                "--root",
                "--system",
                "--python",
                "--installed",
                "--no-installed",
                "--python-version",
                "--python-platform",
                "--environment",
                "--universal",
                "--found-by",
                "--env-file",
            ]
        ),
        (
            "Build and install",
            [
                "--output-dir",
                "--dry-run",
                "--resume",
                "--events",
                "--build-isolation",
                "--config-settings",
                "--require-hashes",
                "--smoke",
                "--exact",
                "--strict",
                "--on-file-conflict",
                "--build-frontend",
                "--wheel-dir",
                "--no-wheel-cache",
                "--step-timeout",
                "--pip",
                "--executor",
                "--slurm-option",
            ]
        ),
        ("Measurement", ["--check", "--explain", "--repeat", "--questions", "--baseline"]),
        (
            "Output",
            [
                "--format",
                "--output",
                "--verbose",
                "--quiet",
                "--stats",
                "--color",
                "--no-progress",
                "--help",
                "--version",
            ]
        ),
        ("Configuration", ["--config", "--no-config"]),
    ];

    /// <summary>The headings, in the order in which they are shown.</summary>
    public static IEnumerable<string> Headings => Sections.Select(section => section.Heading);

    /// <summary>The options that a section can have, in the order in which they are shown.</summary>
    public static IEnumerable<string> NamesIn(string heading) =>
        Sections.Single(section => section.Heading == heading).Options;

    /// <summary>The sections of a command that are not empty, each with its visible options.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<Option> Options)> Of(Command command)
    {
        var visible = command.Options.Where(option => !option.Hidden).ToDictionary(option => option.Name);
        foreach (var (heading, names) in Sections)
        {
            List<Option> options = [.. names.Where(visible.ContainsKey).Select(name => visible[name])];
            if (options.Count > 0)
                yield return (heading, options);
        }
    }

    /// <summary>The names of an option, the shortest first, without its value. The parser also accepts names for
    /// help that begin with a slash or end with a question mark; these are not shown.</summary>
    public static IReadOnlyList<string> Names(Option option) =>
        [
            .. option
                .Aliases.Append(option.Name)
                .Distinct()
                .Where(name => name.StartsWith('-') && !name.EndsWith('?'))
                .OrderBy(name => name.Length),
        ];

    /// <summary>The value of an option as help shows it; null for an option without one.</summary>
    public static string? Value(Option option) =>
        option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0 ? null : option.HelpName ?? "VALUE";

    /// <summary>The description of an option with its default.</summary>
    public static string Description(Option option) =>
        option is { HasDefaultValue: true } && Value(option) is not null && option.GetDefaultValue() is { } value
            ? $"{option.Description} Default: {value}."
            : option.Description ?? "";
}
