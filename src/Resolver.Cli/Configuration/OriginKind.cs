namespace Resolver.Cli.Configuration;

/// <summary>The kinds of places that say values, strongest first.</summary>
internal enum OriginKind
{
    CommandLine,
    Environment,
    File,
    Default,
}
