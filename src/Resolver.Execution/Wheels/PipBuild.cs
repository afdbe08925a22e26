using Resolver.Execution.Commands;
using Resolver.Execution.Processes;

namespace Resolver.Execution.Wheels;

/// <summary><c>pip wheel</c>.</summary>
internal sealed record PipBuild(StepCommand Command)
    : BuildProcess(Command.Executable, Command.Arguments, Command.Environment, System.Environment.CurrentDirectory)
{
    /// <inheritdoc/>
    /// <remarks>Line by line, as pip writes to both streams.</remarks>
    public override async Task<ChildProcess.Ending> RunAsync(
        StreamWriter log,
        string mark,
        TimeSpan? limit,
        CancellationToken cancellation
    )
    {
        await log.WriteLineAsync(Title);
        var ending = await ChildProcess.RunAsync(
            Executable,
            Arguments,
            Environment.With(OrphanProcesses.Variable, mark),
            log,
            limit,
            cancellation
        );
        await log.FlushAsync(cancellation);
        return ending;
    }

    /// <inheritdoc/>
    public override string? Complaint(ChildProcess.Ending ending) =>
        ending switch
        {
            { Fault: { } fault } => fault,
            { ExitCode: 0 } => null,
            _ => $"pip ended with exit code {ending.ExitCode}",
        };
}
