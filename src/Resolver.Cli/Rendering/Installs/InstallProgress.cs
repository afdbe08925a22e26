using System.Diagnostics;
using System.Globalization;
using Resolver.Application.Inputs;
using Resolver.Cli.Context;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>Tells on standard error what is being installed: a line for each thing that is done, and on a terminal a
/// table below of what is under way, with the last line of each log.</summary>
/// <param name="events">Told of each event too; null for none.</param>
internal sealed class InstallProgress(CommandContext context, EventLog? events = null)
    : IProgress<ExecutionEvent>,
        IDisposable
{
    private static readonly TimeSpan Redrawn = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly LiveRegion region = new(context.Error, context.TerminalWidth);
    private readonly SortedDictionary<int, Activity> running = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private Timer? clock;
    private int steps,
        installed,
        built;

    private sealed record Activity(string Title, string Doing, TimeSpan Since, string Log);

    /// <summary>What it has come to so far.</summary>
    public InstallTally Tally { get; } = new();

    public void Report(ExecutionEvent value)
    {
        lock (gate)
        {
            Tally.Add(value);
            events?.Report(value);
            // What was found in the destination is said whatever else is not.
            if (value is ExecutionEvent.Settled settled)
                context.Diagnostics.Warning($"run {Path.GetFileName(settled.RunFolder)} {settled.What}");
            if (value is ExecutionEvent.Noticed noticed)
                context.Diagnostics.Warning(noticed.Text);
            if (context.ShowsProgress)
                Tell(value);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            clock?.Dispose();
            clock = null;
            running.Clear();
            if (context.ShowsLiveProgress)
                region.Clear();
        }
    }

    private void Tell(ExecutionEvent value)
    {
        switch (value)
        {
            case ExecutionEvent.Waiting waiting:
                Line(PlainText.Of($"waiting: another install into {waiting.Folder} is under way (Ctrl-C to give up)"));
                break;
            case ExecutionEvent.RunStarted started:
                steps = started.Steps;
                if (context.ShowsLiveProgress)
                    clock ??= new Timer(_ => Tick(), null, Redrawn, Redrawn);
                break;
            case ExecutionEvent.BuildStarted started:
                running[started.Step.Order] = new Activity(
                    Name(started.Step),
                    "building",
                    watch.Elapsed,
                    started.LogPath
                );
                break;
            case ExecutionEvent.BuildFinished finished:
                running.Remove(finished.Step.Order);
                built++;
                Line(
                    PlainText.Of(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"built {Name(finished.Step)}  {finished.Duration.TotalSeconds:0.0} s, "
                                + $"{SizeText.Of(finished.Size)}"
                        )
                    )
                );
                break;
            case ExecutionEvent.StepStarted started:
                running[started.Step.Order] = new Activity(
                    Name(started.Step),
                    "installing",
                    watch.Elapsed,
                    started.LogPath
                );
                break;
            case ExecutionEvent.VersionRemoved removed:
                Line($"{removed.Step.Candidate.Name}: {PlainText.Of(removed.Replaced)} is taken out first");
                break;
            case ExecutionEvent.StepFinished finished:
                running.Remove(finished.Step.Order);
                installed++;
                Line(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Title(finished.Step, finished.Index)}  {finished.Duration.TotalSeconds:0.0} s"
                    )
                );
                break;
            case ExecutionEvent.Importing importing:
                Line($"importing what was installed, {Count.Of(importing.Projects, "distribution")}");
                break;
            case ExecutionEvent.StepFailed failed:
                running.Remove(failed.Step.Order);
                Line(
                    failed.Index == 0
                        ? PlainText.Of($"{Name(failed.Step)}  not built")
                        : $"{Title(failed.Step, failed.Index)}  failed"
                );
                break;
        }
        if (clock is not null)
            Draw();
    }

    private void Tick()
    {
        lock (gate)
        {
            if (clock is not null)
                Draw();
        }
    }

    private void Draw()
    {
        var lines = new List<string> { Overall() };
        var width = running.Values.Select(each => each.Title.Length).DefaultIfEmpty(0).Max();
        foreach (var each in running.Values)
        {
            var said = LastLineOf(each.Log);
            lines.Add(
                PlainText.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {each.Title.PadRight(width)}  {each.Doing,-10} "
                            + $"{(watch.Elapsed - each.Since).TotalSeconds,6:0.0} s  {said}"
                    )
                )
            );
        }
        region.Draw(
            lines,
            (index, line) => index == 0 ? context.ErrorPaint.Strong(line) : context.ErrorPaint.Faint(line)
        );
    }

    private string Overall()
    {
        const int Cells = 20;
        var full = steps == 0 ? 0 : Cells * installed / steps;
        var done = $"[{new string('#', full)}{new string('.', Cells - full)}] {installed} of {steps} installed";
        return $"{done}{(built > 0 ? $", {built} built" : "")}, {watch.Elapsed:m\\:ss}";
    }

    private static string LastLineOf(string log)
    {
        try
        {
            return LogTail.Of(log, 1) is [var line] && !line.StartsWith("$ ", StringComparison.Ordinal)
                ? line.Trim()
                : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Name(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";

    private string Title(PlanStep step, int index) =>
        PlainText.Of($"[{index}/{steps}] {Name(step)} ({KindText.Of(step.Candidate.Kind)})");

    private void Line(string text)
    {
        if (context.ShowsLiveProgress)
            region.Print(text);
        else
            context.Error.WriteLine(text);
    }
}
