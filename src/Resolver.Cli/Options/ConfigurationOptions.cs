using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>Which configuration file counts: <c>--config</c>, <c>--no-config</c>.</summary>
internal sealed class ConfigurationOptions : IOptionGroup
{
    private readonly Option<string?> file = new("--config")
    {
        HelpName = "FILE",
        Description = "Read this resolver.toml, or pyproject.toml with [tool.resolver], and no other.",
    };
    private readonly Option<bool> none = new("--no-config") { Description = "Read no configuration file." };

    public ConfigurationOptions() => file.RejectOptions();

    public void AddTo(Command command)
    {
        command.Add(file);
        command.Add(none);
        command.Validators.Add(result =>
        {
            if (result.GetResult(file) is not null && result.GetResult(none) is not null)
                result.AddError("--config cannot be combined with --no-config");
        });
    }

    /// <summary>The file that was named, or null.</summary>
    public string? File(ParseResult parsed) => parsed.GetValue(file);

    /// <summary>Whether none is to be read.</summary>
    public bool None(ParseResult parsed) => parsed.GetValue(none);
}
