using System.ComponentModel;
using System.Text;
using CliWrap;

namespace Resolver.Execution.Processes;

/// <summary>Starts a program and waits for it; no shell has a part in it.</summary>
internal static class ChildProcess
{
    /// <summary>How a run ended.</summary>
    /// <param name="ExitCode">Meaningful where <paramref name="Fault"/> is null.</param>
    /// <param name="Fault">Why it has no exit code of its own: it did not start, or took too long; null where it
    /// ended by itself.</param>
    /// <param name="TimedOut">Whether it was ended because it took too long.</param>
    public readonly record struct Ending(int ExitCode, string? Fault, bool TimedOut);

    /// <summary>Runs to the end. Standard output and error go to one writer, in the order in which they arrive;
    /// standard input is empty.</summary>
    /// <param name="timeout">After this much time the process and all its descendants are killed; null for
    /// never.</param>
    /// <param name="cancellation">Kills the process and all its descendants.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the processes are gone.</exception>
    public static Task<Ending> RunAsync(
        string executable,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment,
        TextWriter output,
        TimeSpan? timeout,
        CancellationToken cancellation
    ) =>
        RunAsync(
            executable,
            arguments,
            environment,
            ToWriter(TextWriter.Synchronized(output)),
            Environment.CurrentDirectory,
            timeout,
            cancellation
        );

    /// <summary>The same for a program that may write anything: its bytes go to a stream as they come.</summary>
    /// <param name="folder">The current folder of the program.</param>
    public static Task<Ending> RunAsync(
        string executable,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment,
        Stream output,
        string folder,
        TimeSpan? timeout,
        CancellationToken cancellation
    ) =>
        RunAsync(
            executable,
            arguments,
            environment,
            PipeTarget.ToStream(Stream.Synchronized(output)),
            folder,
            timeout,
            cancellation
        );

    private static async Task<Ending> RunAsync(
        string executable,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment,
        PipeTarget target,
        string folder,
        TimeSpan? timeout,
        CancellationToken cancellation
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } limit)
            ending.CancelAfter(limit);
        try
        {
            var result = await Cli.Wrap(executable)
                .WithArguments(arguments)
                .WithWorkingDirectory(folder)
                .WithEnvironmentVariables(Changes(environment))
                .WithStandardOutputPipe(target)
                .WithStandardErrorPipe(target)
                .WithValidation(CommandResultValidation.None)
                // Forceful at once: pip, interrupted gently, leaves its build processes behind as orphans. What it
                // had begun to write is undone by the executor.
                .ExecuteAsync(ending.Token);
            return new Ending(result.ExitCode, null, false);
        }
        catch (Win32Exception exception)
        {
            return new Ending(-1, $"{executable} does not start: {exception.Message}", false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Ending(-1, $"it was ended after {timeout!.Value.TotalSeconds:0.###} seconds", true);
        }
    }

    private static PipeTarget ToWriter(TextWriter writer) =>
        PipeTarget.Create(
            async (stream, cancellation) =>
            {
                using var reader = new StreamReader(
                    stream,
                    Encoding.UTF8,
                    detectEncodingFromByteOrderMarks: false,
                    bufferSize: 4096,
                    leaveOpen: true
                );
                // Line by line, so that the two streams never mix within a line.
                while (await reader.ReadLineAsync(cancellation) is { } line)
                {
                    await writer.WriteLineAsync(line);
                    await writer.FlushAsync(cancellation);
                }
            }
        );

    // CliWrap adds to the variables of this process; the child is to have exactly those of the environment given.
    private static Dictionary<string, string?> Changes(ChildEnvironment environment)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
            changes[name] = null;
        foreach (var (name, value) in environment.All())
            changes[name] = value;
        return changes;
    }
}
