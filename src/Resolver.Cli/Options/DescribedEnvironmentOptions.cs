using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>Another environment than that of <c>--python</c>: <c>--python-version</c>,
/// <c>--python-platform</c>.</summary>
internal sealed class DescribedEnvironmentOptions : IOptionGroup
{
    private readonly Option<string?> version = new("--python-version")
    {
        HelpName = "V",
        Description = "Plan for this CPython (3.12, 3.12.4) instead; nothing counts as installed then.",
    };
    private readonly Option<string?> platform = new("--python-platform")
    {
        HelpName = "P",
        Description =
            "Plan for this platform (linux, macos, windows, x86_64-manylinux_2_28, ...) instead; nothing counts as installed then.",
    };

    public DescribedEnvironmentOptions()
    {
        version.RejectOptions();
        platform.RejectOptions();
    }

    public void AddTo(Command command)
    {
        command.Add(version);
        command.Add(platform);
    }

    public string? Version(ParseResult parsed) => parsed.GetValue(version);

    public string? Platform(ParseResult parsed) => parsed.GetValue(platform);
}
