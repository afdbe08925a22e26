using System.CommandLine;
using Resolver.Application.Installed;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Inputs;

/// <summary>What is installed where the options say.</summary>
internal static class InstalledInput
{
    /// <summary>Opens it, and warns of what the interpreter could not tell.</summary>
    /// <exception cref="Resolver.Application.Inputs.InputException">A place does not exist.</exception>
    public static async Task<InstalledProjects> OpenAsync(
        InstalledOptions options,
        ParseResult parsed,
        CommandContext context
    )
    {
        var workplace = await InstalledProjects.OpenAsync(
            options.Target(parsed),
            StateFolder.Cache(Environment.GetEnvironmentVariable),
            context.Interruption
        );
        if (workplace.InstalledError is { } incomplete)
            context.Diagnostics.Warning(incomplete);
        return InstalledProjects.Of(workplace, options.IsLocal(parsed));
    }
}
