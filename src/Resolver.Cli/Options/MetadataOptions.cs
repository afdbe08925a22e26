using System.CommandLine;
using System.Globalization;

namespace Resolver.Cli.Options;

/// <summary>Whether code from the archive may be run to learn what is not said otherwise: <c>--offline-metadata</c>,
/// <c>--hook-timeout</c>.</summary>
internal sealed class MetadataOptions : IOptionGroup
{
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(5);

    private readonly Option<string> mode = new("--offline-metadata")
    {
        HelpName = "static|build",
        Description =
            "'static' never runs code from the archive; 'build' asks build backends (PEP 517) for metadata that is "
            + "not static.",
        DefaultValueFactory = _ => "static",
    };

    private readonly Option<double?> timeLimit = new("--hook-timeout")
    {
        HelpName = "SECONDS",
        Description = "Stop a build backend that takes longer for one answer. Default: 300.",
    };

    public MetadataOptions()
    {
        mode.TakeOneOf("static", "build");
        timeLimit.ReadNumber(
            text =>
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is > 0 and <= 1e6
                    ? seconds
                    : null,
            "SECONDS is a number such as 2.5, more than 0"
        );
    }

    public void AddTo(Command command)
    {
        command.Add(mode);
        command.Add(timeLimit);
    }

    /// <summary>Whether build backends may be asked.</summary>
    public bool RunsBackends(ParseResult parsed) => parsed.GetValue(mode) == "build";

    /// <summary>How long one may take.</summary>
    public TimeSpan TimeLimit(ParseResult parsed) =>
        parsed.GetValue(timeLimit) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeLimit;
}
