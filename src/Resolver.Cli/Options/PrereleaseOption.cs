using System.CommandLine;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Options;

/// <summary><c>--prerelease</c>, as in uv.</summary>
internal sealed class PrereleaseOption : IOptionGroup
{
    private static readonly (string Text, PrereleaseMode Mode)[] Modes =
    [
        ("disallow", PrereleaseMode.Disallow),
        ("allow", PrereleaseMode.Allow),
        ("if-necessary", PrereleaseMode.IfNecessary),
        ("explicit", PrereleaseMode.Explicit),
        ("if-necessary-or-explicit", PrereleaseMode.IfNecessaryOrExplicit),
    ];

    private readonly Option<string?> option = new("--prerelease")
    {
        HelpName = string.Join('|', Modes.Select(mode => mode.Text)),
        Description = "Whether pre-releases may be chosen, as in uv. Default: if-necessary-or-explicit.",
    };

    public PrereleaseOption() => option.TakeOneOf([.. Modes.Select(mode => mode.Text)]);

    public void AddTo(Command command) => command.Add(option);

    /// <summary>The mode requested, or the default.</summary>
    public PrereleaseMode Read(ParseResult parsed) => Given(parsed) ?? PrereleaseMode.IfNecessaryOrExplicit;

    /// <summary>The mode requested, or null where nothing was said.</summary>
    public PrereleaseMode? Given(ParseResult parsed) =>
        parsed.GetValue(option) is { } text ? Modes.First(mode => mode.Text == text).Mode : null;
}
