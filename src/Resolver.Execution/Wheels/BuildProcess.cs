using Resolver.Execution.Processes;

namespace Resolver.Execution.Wheels;

/// <summary>A process that builds the wheel of a step into a folder.</summary>
/// <param name="Executable">The program.</param>
/// <param name="Arguments">Its arguments, one each.</param>
/// <param name="Environment">Its variables.</param>
/// <param name="Folder">Its current folder.</param>
internal abstract record BuildProcess(
    string Executable,
    IReadOnlyList<string> Arguments,
    ChildEnvironment Environment,
    string Folder
)
{
    /// <summary>The first line of its log.</summary>
    public virtual string Title => "$ " + PosixShell.Line(Executable, Arguments);

    /// <summary>Takes the result once it has ended.</summary>
    /// <returns>Null where the wheel is in the folder; else why not, without a full stop.</returns>
    /// <exception cref="IOException">The wheel cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public abstract string? Complaint(ChildProcess.Ending ending);

    /// <summary>Runs it.</summary>
    /// <param name="log">Gets what it prints, as it comes.</param>
    /// <param name="mark">Tells it from the processes of other runs.</param>
    /// <param name="limit">How long it may take; null for as long as it likes.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left.</exception>
    public virtual async Task<ChildProcess.Ending> RunAsync(
        StreamWriter log,
        string mark,
        TimeSpan? limit,
        CancellationToken cancellation
    )
    {
        await log.WriteLineAsync(Title);
        await log.FlushAsync(cancellation);
        return await ChildProcess.RunAsync(
            Executable,
            Arguments,
            Environment.With(OrphanProcesses.Variable, mark),
            log.BaseStream,
            Folder,
            limit,
            cancellation
        );
    }
}
