using Resolver.Application.Inputs;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Resolver.Cli.Context;
using Resolver.Cli.Terminal;
using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>The events of an install as JSON lines (<c>--events</c>), each written when it happens: schema
/// <c>resolver.event/1</c>.</summary>
internal sealed class EventLog : IProgress<ExecutionEvent>, IDisposable
{
    /// <summary>The name of standard output.</summary>
    public const string StandardOutput = "-";

    private readonly Action<string> write;
    private readonly StreamWriter? file;
    private readonly TimeProvider clock;
    private CommandException? failure;

    private EventLog(Action<string> write, StreamWriter? file, TimeProvider clock) =>
        (this.write, this.file, this.clock) = (write, file, clock);

    /// <summary>Opens it; null where no one asked.</summary>
    /// <param name="place">A file, or <see cref="StandardOutput"/>.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static EventLog? Open(string? place, CommandContext context)
    {
        if (place is null)
            return null;
        if (place == StandardOutput)
            return new EventLog(context.WriteToOutput, null, context.Clock);
        try
        {
#pragma warning disable CA2000 // the log owns the file
            var file = new StreamWriter(place, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
            {
                // Whoever reads along sees each event when it happens.
                AutoFlush = true,
            };
#pragma warning restore CA2000
            return new EventLog(line => Write(file, line, place), file, context.Clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(place, exception);
        }
    }

    private static void Write(StreamWriter file, string line, string place)
    {
        try
        {
            file.Write(line);
        }
        catch (IOException exception)
        {
            throw Unwritable(place, exception);
        }
    }

    private static InputException Unwritable(string place, Exception exception) =>
        InputException.Unwritable(place, exception);

    public void Report(ExecutionEvent value)
    {
        switch (value)
        {
            case ExecutionEvent.Waiting waiting:
                Write("waiting", null, json => json.WriteString("folder", waiting.Folder));
                break;
            case ExecutionEvent.Settled settled:
                Write(
                    "settled",
                    null,
                    json =>
                    {
                        json.WriteString("run", Path.GetFileName(settled.RunFolder));
                        json.WriteString("text", settled.What);
                    }
                );
                break;
            case ExecutionEvent.RunStarted started:
                Write(
                    "run-started",
                    null,
                    json =>
                    {
                        json.WriteString("run", Path.GetFileName(started.RunFolder));
                        json.WriteString("record", started.RunFolder);
                        json.WriteNumber("steps", started.Steps);
                    }
                );
                break;
            case ExecutionEvent.BuildStarted started:
                Write("build-started", started.Step, json => json.WriteString("log", started.LogPath));
                break;
            case ExecutionEvent.BuildFinished finished:
                Write(
                    "build-finished",
                    finished.Step,
                    json =>
                    {
                        json.WriteNumber("seconds", Seconds(finished.Duration));
                        json.WriteNumber("bytes", finished.Size);
                    }
                );
                break;
            case ExecutionEvent.WheelReused reused:
                Write("wheel-reused", reused.Step, json => json.WriteString("wheel", reused.Path));
                break;
            case ExecutionEvent.StepStarted started:
                Write("step-started", started.Step, json => json.WriteString("log", started.LogPath));
                break;
            case ExecutionEvent.VersionRemoved removed:
                Write("version-removed", removed.Step, json => json.WriteString("text", removed.Replaced));
                break;
            case ExecutionEvent.StepFinished finished:
                Write(
                    "step-finished",
                    finished.Step,
                    json =>
                    {
                        json.WriteNumber("seconds", Seconds(finished.Duration));
                        json.WriteNumber("files", finished.Files);
                        json.WriteNumber("bytes", finished.Bytes);
                    }
                );
                break;
            case ExecutionEvent.Noticed noticed:
                Write("warning", null, json => json.WriteString("text", noticed.Text));
                break;
            case ExecutionEvent.Importing importing:
                Write("importing", null, json => json.WriteNumber("projects", importing.Projects));
                break;
            case ExecutionEvent.StepFailed failed:
                Write(
                    "step-failed",
                    failed.Step,
                    json =>
                    {
                        json.WriteString("during", failed.Index == 0 ? "build" : "install");
                        json.WriteNumber("seconds", Seconds(failed.Duration));
                        json.WriteString("reason", failed.Reason);
                    }
                );
                break;
        }
    }

    /// <summary>The last lines: how the run ended.</summary>
    /// <param name="code">The exit code.</param>
    /// <exception cref="CommandException">An event could not be written.</exception>
    public void End(ExecutionOutcome outcome, int code)
    {
        foreach (var left in (outcome as ExecutionOutcome.PartlyCompleted)?.LeftOut ?? [])
            Write(
                "step-left-out",
                left.Step,
                json => json.WriteString("reason", $"requires {NotInstalled.NameOf(left.Because)}, which failed")
            );
        Write("run-ended", null, json => json.WriteNumber("exit_code", code));
        if (failure is not null)
            throw failure;
    }

    public void Dispose() => file?.Dispose();

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private void Write(string kind, PlanStep? step, Action<Utf8JsonWriter> more)
    {
        // The install matters more than its events: a failure to write them is reported when it has ended.
        if (failure is not null)
            return;
        try
        {
            write(
                JsonText.Of(
                    indented: false,
                    json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("schema", "resolver.event/1");
                        json.WriteString("event", kind);
                        json.WriteString(
                            "time",
                            clock.GetUtcNow().UtcDateTime.ToString("o", CultureInfo.InvariantCulture)
                        );
                        if (step is not null)
                        {
                            json.WriteNumber("order", step.Order);
                            json.WriteString("name", step.Candidate.Name.Normalized);
                            json.WriteString("version", step.Candidate.Version.ToString());
                        }
                        more(json);
                        json.WriteEndObject();
                    }
                )
            );
        }
        catch (CommandException exception)
        {
            failure = exception;
        }
    }
}
