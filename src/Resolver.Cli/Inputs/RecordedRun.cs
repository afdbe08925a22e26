using Resolver.Archives.Files;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Inputs;

/// <summary>A run as named on the command line.</summary>
internal static class RecordedRun
{
    /// <summary>Where runs are recorded.</summary>
    public static string Runs { get; } = StateFolder.Runs(Environment.GetEnvironmentVariable);

    /// <summary>The folder of the run.</summary>
    /// <param name="run">Its id, the beginning of one that no other begins with, or a path.</param>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public static string Find(string run) =>
        StateFolder.Find(Runs, run)
        ?? throw new CommandException(
            ExitCode.BadInput,
            $"'{run}' matches no run, or more than one",
            "'resolver runs' lists them"
        );

    /// <summary>The folder of the newest run that has not been undone; one whose record cannot be read is passed
    /// over, as <c>resolver runs</c> does.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static string Last() =>
        StateFolder
            .All(Runs)
            .Reverse()
            .FirstOrDefault(folder =>
            {
                try
                {
                    return RunSummary.Read(folder).Status != RunStatus.Undone;
                }
                catch (Exception exception)
                    when (exception is IOException or UnauthorizedAccessException or FormatException)
                {
                    return false;
                }
            })
        ?? throw new CommandException(ExitCode.BadInput, "no run can be undone", "'resolver runs' lists them");

    /// <summary>How it was started.</summary>
    /// <exception cref="CommandException">Its record cannot be read.</exception>
    public static RunSettings Settings(string folder)
    {
        try
        {
            return RunSettings.Read(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw CommandException.BadInput($"{folder}: {FileFault.WithFile(exception)}");
        }
    }
}
