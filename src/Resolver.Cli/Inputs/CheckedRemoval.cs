using Resolver.Archives.Files;
using Resolver.Cli.Terminal;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Removal;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Inputs;

/// <summary>A removal that succeeds, or ends the command.</summary>
internal static class CheckedRemoval
{
    /// <summary>Removes projects, all or none of them.</summary>
    /// <param name="verb">What the command does to them, such as <c>uninstalled</c>: for messages.</param>
    /// <param name="held">The lock of the destination, where the caller has it already.</param>
    /// <exception cref="CommandException">One of them cannot be removed; all of them are still there.</exception>
    public static async Task<RemovalOutcome.Removed> RunAsync(
        ProjectRemoval removal,
        IReadOnlySet<PackageName> names,
        string verb,
        IProgress<ExecutionEvent> progress,
        CancellationToken cancellation,
        PrefixLock? held = null
    )
    {
        try
        {
            return await removal.RunAsync(names, progress, cancellation, held) switch
            {
                RemovalOutcome.Removed done => done,
                RemovalOutcome.Refused refused => throw new CommandException(ExitCode.StepFailed, refused.Reason),
                _ => throw new InvalidOperationException("an outcome outside the closed set"),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.StepFailed, $"{FileFault.WithFile(exception)}; nothing was {verb}");
        }
    }
}
