using System.CommandLine;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Options;

/// <summary>Where results go and what they look like: <c>--format</c>, <c>-o</c>, <c>--color</c>, <c>-q</c>,
/// <c>-v</c>, <c>--no-progress</c>.</summary>
internal sealed class OutputOptions : IOptionGroup
{
    private readonly IReadOnlyList<OutputFormat> formats;
    private readonly Option<string?> format;
    private readonly Option<string?> file = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write the result to FILE.",
    };
    private readonly Option<string> color = new("--color")
    {
        HelpName = "auto|always|never",
        Description = "When to use colour. NO_COLOR is honoured.",
        DefaultValueFactory = _ => "auto",
    };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Show only errors on standard error." };
    private readonly Option<bool> verbose = new("--verbose", "-v")
    {
        Description = "Show more details, and lists in full.",
    };
    private readonly Option<bool> noProgress = new("--no-progress") { Description = "Do not show progress." };

    private readonly bool toFile;

    /// <param name="formats">What the command can write; the first is the default.</param>
    public OutputOptions(params IReadOnlyList<OutputFormat> formats)
        : this(toFile: true, formats) { }

    /// <param name="toFile">Whether the result can go to a file; where not, <c>-o</c> is the command's own.</param>
    /// <param name="formats">What the command can write; the first is the default.</param>
    public OutputOptions(bool toFile, IReadOnlyList<OutputFormat> formats)
    {
        (this.toFile, this.formats) = (toFile, formats);
        var names = formats.Select(NameOf).ToArray();
        format = new("--format")
        {
            HelpName = "FORMAT",
            Description =
                names is [var only]
                    ? $"Write the result as {only}, the only format."
                    : $"Write the result as {OptionChoices.List(names)}. "
                        + $"Default: {names[0]}, or the format that the suffix of -o names.",
        };
        format.TakeOneOf(names);
        color.TakeOneOf("auto", "always", "never");
    }

    public void AddTo(Command command)
    {
        command.Add(format);
        if (toFile)
            command.Add(file);
        command.Add(color);
        command.Add(quiet);
        command.Add(verbose);
        command.Add(noProgress);
    }

    /// <summary>What was requested.</summary>
    /// <exception cref="CommandException">The suffix of <c>-o</c> says nothing, or something the command cannot
    /// write.</exception>
    public OutputSettings Read(ParseResult parsed)
    {
        var path = toFile ? parsed.GetValue(file) : null;
        var form =
            parsed.GetValue(format) is { } name ? formats.First(known => NameOf(known) == name)
            : path is null ? formats[0]
            : BySuffix(path);
        return new OutputSettings(
            form,
            path,
            parsed.GetValue(color)!,
            parsed.GetValue(quiet),
            parsed.GetValue(verbose),
            parsed.GetValue(noProgress)
        );
    }

    private OutputFormat BySuffix(string path)
    {
        var name = Path.GetFileName(path);
        OutputFormat? form = name switch
        {
            _ when name.EndsWith(".cdx.json", StringComparison.Ordinal) => OutputFormat.CycloneDx,
            _ when name.EndsWith(".json", StringComparison.Ordinal) => OutputFormat.Json,
            _ when name.StartsWith("pylock", StringComparison.Ordinal)
                    && name.EndsWith(".toml", StringComparison.Ordinal) => OutputFormat.Pylock,
            _ when name.EndsWith(".txt", StringComparison.Ordinal) => OutputFormat.Requirements,
            _ when name.EndsWith(".sh", StringComparison.Ordinal) => OutputFormat.Script,
            _ when name.EndsWith(".slurm", StringComparison.Ordinal) => OutputFormat.Slurm,
            _ when name.EndsWith(".dot", StringComparison.Ordinal) => OutputFormat.Dot,
            _ when name.EndsWith(".mmd", StringComparison.Ordinal) => OutputFormat.Mermaid,
            _ when name.EndsWith(".html", StringComparison.Ordinal) => OutputFormat.Html,
            _ => null,
        };
        return form is { } known && formats.Contains(known)
            ? known
            : throw CommandException.Usage(
                $"-o {path}: the suffix names no format that this command writes",
                $"add --format {string.Join('|', formats.Select(NameOf))}"
            );
    }

    private static string NameOf(OutputFormat format) => format.ToString().ToLowerInvariant();
}
