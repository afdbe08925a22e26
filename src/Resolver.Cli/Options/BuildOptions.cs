using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Resolver.Cli.Terminal;
using Resolver.Execution.Options;
using Resolver.Execution.Runs;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Options;

/// <summary>How what must be built is built: <c>--pip</c>, <c>--build-frontend</c>, <c>-C</c>,
/// <c>--wheel-dir</c>, <c>--no-wheel-cache</c>, <c>--step-timeout</c>.</summary>
internal sealed class BuildOptions : IOptionGroup
{
    private readonly Option<string?> pip = new("--pip", "--frontend")
    {
        HelpName = "EXE",
        Description = "Build and install with this pip, or with the pip of this Python.",
    };
    private readonly Option<string> frontend = new("--build-frontend")
    {
        HelpName = "hooks|pip",
        Description =
            "Build wheels by calling the build backend's hooks directly (one process a build), or by 'pip wheel'. The wheels are the same.",
        DefaultValueFactory = _ => "hooks",
    };
    private readonly Option<string?> wheelDirectory = new("--wheel-dir")
    {
        HelpName = "DIR",
        Description = "Keep built wheels here and reuse them. Default: the user's cache directory.",
    };
    private readonly Option<bool> noWheelCache = new("--no-wheel-cache")
    {
        Description = "Neither keep built wheels nor reuse earlier ones.",
    };
    private readonly Option<double?> stepTimeout = new("--step-timeout")
    {
        HelpName = "SECONDS",
        Description = "Stop a build or an install that takes longer.",
    };
    private readonly Option<string[]> settings = new("--config-settings", "-C")
    {
        HelpName = "[NAME:]KEY=VALUE",
        Description = "Pass a setting to build backends, or to the backend of one project. Repeatable.",
    };

    public BuildOptions()
    {
        wheelDirectory.RejectOptions();
        stepTimeout.ReadNumber(
            text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number is > 0 and < 1e9
                    ? number
                    : null,
            "SECONDS is a number above 0"
        );
        pip.RejectOptions();
        frontend.TakeOneOf("hooks", "pip");
    }

    public void AddTo(Command command)
    {
        command.Add(pip);
        command.Add(frontend);
        command.Add(wheelDirectory);
        command.Add(noWheelCache);
        command.Add(stepTimeout);
        command.Add(settings);
        command.Validators.Add(result =>
        {
            if (result.GetResult(wheelDirectory) is not null && KeepsNoWheels(result))
                result.AddError("--wheel-dir cannot be combined with --no-wheel-cache");
        });
    }

    /// <summary>Whether built wheels are not kept for later runs.</summary>
    public bool KeepsNoWheels(CommandResult result) => result.GetResult(noWheelCache) is not null;

    /// <summary>Where built wheels are kept for later runs; null for nowhere.</summary>
    public string? WheelFolder(ParseResult parsed) =>
        parsed.GetValue(noWheelCache)
            ? null
            : Path.GetFullPath(
                parsed.GetValue(wheelDirectory) ?? StateFolder.Wheels(Environment.GetEnvironmentVariable)
            );

    public TimeSpan? StepTimeout(ParseResult parsed) =>
        parsed.GetValue(stepTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>What builds wheels.</summary>
    public BuildFrontend Frontend(ParseResult parsed) =>
        parsed.GetValue(frontend) == "pip" ? BuildFrontend.Pip : BuildFrontend.Hooks;

    public string? Pip(ParseResult parsed) => parsed.GetValue(pip);

    /// <summary>The settings, in the order given.</summary>
    /// <exception cref="CommandException">One is not <c>[NAME:]KEY=VALUE</c>.</exception>
    public IReadOnlyList<ConfigSetting> ConfigSettings(ParseResult parsed) =>
        [.. (parsed.GetValue(settings) ?? []).Select(ConfigSettingOf)];

    private static ConfigSetting ConfigSettingOf(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0)
            throw CommandException.Usage($"-C '{text}': expected [NAME:]KEY=VALUE");
        var (key, value) = (text[..equals], text[(equals + 1)..]);
        var colon = key.IndexOf(':');
        if (colon < 0)
            return new ConfigSetting(null, key, value);
        return PackageName.TryParse(key[..colon]) is { Success: true } name && colon + 1 < key.Length
            ? new ConfigSetting(name.Value, key[(colon + 1)..], value)
            : throw CommandException.Usage($"-C '{text}': '{key[..colon]}' is not the name of a project");
    }
}
