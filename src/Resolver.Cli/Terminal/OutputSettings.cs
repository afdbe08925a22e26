namespace Resolver.Cli.Terminal;

/// <summary>Where results go and what they look like, as requested on the command line.</summary>
/// <param name="File">Null: standard output.</param>
/// <param name="Color"><c>auto</c>, <c>always</c> or <c>never</c>.</param>
internal sealed record OutputSettings(
    OutputFormat Format,
    string? File,
    string Color,
    bool Quiet,
    bool Verbose,
    bool NoProgress
)
{
    /// <summary>The colours for results: none in a file.</summary>
    public Paint ForOutput(ConsoleEnvironment environment) =>
        new(File is null && IsColored(environment, environment.OutputIsTerminal));

    /// <summary>The colours for diagnostics.</summary>
    public Paint ForError(ConsoleEnvironment environment) => new(IsColored(environment, environment.ErrorIsTerminal));

    private bool IsColored(ConsoleEnvironment environment, bool terminal) =>
        Color switch
        {
            "always" => true,
            "never" => false,
            _ => terminal && environment["NO_COLOR"] is null && environment["TERM"] != "dumb",
        };
}
