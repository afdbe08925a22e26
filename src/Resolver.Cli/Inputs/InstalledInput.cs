using System.CommandLine;
using Resolver.Application.Installed;
using Resolver.Application.Targets;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Inputs;

/// <summary>What is installed where the options say.</summary>
internal static class InstalledInput
{
    /// <summary>Opens the places, and warns of what the interpreter could not tell.</summary>
    /// <exception cref="Resolver.Application.Inputs.InputException">A place does not exist.</exception>
    public static async Task<TargetEnvironment> OpenAsync(TargetSettings settings, CommandContext context)
    {
        var workplace = await InstalledProjects.OpenAsync(
            settings,
            StateFolder.Cache(Environment.GetEnvironmentVariable),
            context.Interruption
        );
        if (workplace.InstalledError is { } incomplete)
            context.Diagnostics.Warning(incomplete);
        return workplace;
    }

    /// <summary>What is installed there; a warning for each of it that does not count.</summary>
    /// <exception cref="Resolver.Application.Inputs.InputException">A place does not exist.</exception>
    public static async Task<InstalledProjects> OpenAsync(
        InstalledOptions options,
        ParseResult parsed,
        CommandContext context
    )
    {
        var workplace = await OpenAsync(options.Target(parsed), context);
        foreach (var ignored in workplace.Installed.Where(each => each.Name is null))
            context.Diagnostics.Warning(
                $"ignored {ignored.Path ?? ignored.RawName ?? "a distribution of a finder"}: "
                    + (ignored.Problems is [var problem, ..] ? problem.Message : "it has no name")
            );
        return InstalledProjects.Of(workplace, options.IsLocal(parsed));
    }
}
