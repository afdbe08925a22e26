namespace Resolver.Cli.Definitions;

/// <summary>A command line, and what it is for.</summary>
internal sealed record CommandExample(string What, string Line);
