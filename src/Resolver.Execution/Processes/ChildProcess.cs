using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Resolver.Execution.Processes;

/// <summary>Starts a program and waits for it; no shell takes part. The program runs in a session and process group of
/// its own where the system can do that, so that a signal to its group does not reach this process. What it leaves
/// running when it ends is ended, so that nothing writes unwatched and no inherited pipe is waited for.</summary>
internal static class ChildProcess
{
    // What was written before the program ended is in the pipe already; only a process that could not be found may
    // still hold it open.
    private static readonly TimeSpan PipePatience = TimeSpan.FromSeconds(2);

    /// <summary>How a run ended.</summary>
    /// <param name="ExitCode">Meaningful where <paramref name="Fault"/> is null.</param>
    /// <param name="Fault">Why it has no exit code of its own: it did not start, or took too long; null where it
    /// ended by itself.</param>
    /// <param name="TimedOut">Whether it was ended because it took too long.</param>
    public readonly record struct Ending(int ExitCode, string? Fault, bool TimedOut)
    {
        /// <summary>The processes that it left running, and that were ended: name and number.</summary>
        public IReadOnlyList<string> LeftBehind { get; init; } = [];
    }

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
    )
    {
        var writer = TextWriter.Synchronized(output);
        return RunAsync(
            executable,
            arguments,
            environment,
            (stream, ending) => CopyLinesAsync(stream, writer, ending),
            Environment.CurrentDirectory,
            timeout,
            cancellation
        );
    }

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
    )
    {
        var target = Stream.Synchronized(output);
        return RunAsync(
            executable,
            arguments,
            environment,
            (stream, ending) => stream.CopyToAsync(target, ending),
            folder,
            timeout,
            cancellation
        );
    }

    private static async Task<Ending> RunAsync(
        string executable,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment,
        Func<Stream, CancellationToken, Task> pump,
        string folder,
        TimeSpan? timeout,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } time)
            limit.CancelAfter(time);
        Process process;
        try
        {
            process = ProcessSessions.Start(executable, arguments, environment, folder);
        }
        catch (Win32Exception exception)
        {
            return new Ending(-1, $"{executable} does not start: {exception.Message}", false);
        }
        using (process)
        {
            using var reading = new CancellationTokenSource();
            process.StandardInput.Close();
            var pumps = Task.WhenAll(
                pump(process.StandardOutput.BaseStream, reading.Token),
                pump(process.StandardError.BaseStream, reading.Token)
            );
            IReadOnlyList<string> left;
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // Forceful at once: pip, interrupted gently, leaves its build processes behind. What it had begun to
                // write is undone by the executor.
                Kill(process);
                await process.WaitForExitAsync(CancellationToken.None);
            }
            finally
            {
                left = ProcessSessions.End(process);
                await FinishAsync(pumps, reading);
            }
            cancellation.ThrowIfCancellationRequested();
            return limit.IsCancellationRequested
                ? new Ending(-1, $"it was ended after {timeout!.Value.TotalSeconds:0.###} seconds", true)
                : new Ending(process.ExitCode, null, false) { LeftBehind = left };
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static async Task FinishAsync(Task pumps, CancellationTokenSource reading)
    {
        if (await Task.WhenAny(pumps, Task.Delay(PipePatience, CancellationToken.None)) != pumps)
            await reading.CancelAsync();
        try
        {
            await pumps;
        }
        catch (OperationCanceledException)
        {
            // A process that nobody can find holds the pipe.
        }
    }

    // Line by line, so that the two streams never mix within a line.
    private static async Task CopyLinesAsync(Stream stream, TextWriter writer, CancellationToken cancellation)
    {
        using var reader = new StreamReader(
            stream,
            Encoding.UTF8,
            detectEncodingFromByteOrderMarks: false,
            bufferSize: 4096,
            leaveOpen: true
        );
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            await writer.WriteLineAsync(line);
            await writer.FlushAsync(cancellation);
        }
    }
}
