namespace Resolver.Cli.Terminal;

/// <summary>The forms a result can be written in. Their names on the command line are lower case.</summary>
internal enum OutputFormat
{
    Text,
    Tree,
    Json,
    Pylock,
    Requirements,
    Script,
    Slurm,
    Dot,
    Mermaid,
    Html,
    CycloneDx,
}
