using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>Another environment than that of <c>--python</c>: <c>--python-version</c>,
/// <c>--python-platform</c>.</summary>
internal sealed class DescribedEnvironmentOptions : IOptionGroup
{
    private readonly Option<string?> version = new("--python-version")
    {
        HelpName = "V",
        Description = "Plan for this version of CPython, such as 3.12 or 3.12.4. Installed distributions are ignored.",
    };
    private readonly Option<string?> platform = new("--python-platform")
    {
        HelpName = "P",
        Description =
            "Plan for this platform: linux, macos, windows, x86_64-manylinux_2_28, aarch64-apple-darwin, ... "
            + "Installed distributions are ignored.",
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
