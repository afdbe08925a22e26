using System.CommandLine;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Configuration;

/// <summary>From the command line and the environment to what is configured.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Reads what is configured for a run.</summary>
    /// <exception cref="CommandException">A file or a variable is wrong.</exception>
    public static RunConfiguration Load(
        ConfigurationOptions options,
        ParseResult parsed,
        ConsoleEnvironment environment
    ) => new(EnvironmentVariables.Read(environment), Files(options, parsed, environment));

    private static IReadOnlyList<ConfigurationFile> Files(
        ConfigurationOptions options,
        ParseResult parsed,
        ConsoleEnvironment environment
    )
    {
        if (options.File(parsed) is { } named)
            return ConfigurationSearch.Named(named);
        if (options.None(parsed) || EnvironmentVariables.IsOn(environment, EnvironmentVariables.NoFile))
            return [];
        return environment[EnvironmentVariables.File] is { } file
            ? ConfigurationSearch.Named(file)
            : ConfigurationSearch.From(environment.WorkingDirectory ?? Environment.CurrentDirectory);
    }
}
