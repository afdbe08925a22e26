using System.Globalization;
using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering;

/// <summary>Tells on standard error what is being installed: a line a step, and on a terminal the step under way.</summary>
internal sealed class InstallProgress(CommandContext context) : IProgress<ExecutionEvent>
{
    private int steps;

    public void Report(ExecutionEvent value)
    {
        // What was found in the destination is said whatever else is not.
        if (value is ExecutionEvent.Settled settled)
            context.Diagnostics.Warning($"run {Path.GetFileName(settled.RunFolder)} {settled.What}");
        if (!context.ShowsProgress)
            return;
        switch (value)
        {
            case ExecutionEvent.Waiting waiting:
                Line(PlainText.Of($"waiting: another install into {waiting.Folder} is under way (Ctrl-C to give up)"));
                break;
            case ExecutionEvent.RunStarted started:
                steps = started.Steps;
                break;
            case ExecutionEvent.BuildFinished built:
                Line(PlainText.Of(string.Create(CultureInfo.InvariantCulture, $"built {built.Step.Candidate.Name} {built.Step.Candidate.Version}  {built.Duration.TotalSeconds:0.0} s")));
                break;
            case ExecutionEvent.StepStarted started when context.ShowsLiveProgress:
                context.Error.Write($"{Title(started.Step, started.Index)} ...");
                break;
            case ExecutionEvent.VersionRemoved removed:
                Line($"{removed.Step.Candidate.Name}: {PlainText.Of(removed.Replaced)} is taken out first");
                break;
            case ExecutionEvent.StepFinished finished:
                Line(string.Create(CultureInfo.InvariantCulture, $"{Title(finished.Step, finished.Index)}  {finished.Duration.TotalSeconds:0.0} s"));
                break;
            case ExecutionEvent.StepFailed failed:
                Line($"{Title(failed.Step, failed.Index)}  failed");
                break;
        }
    }

    private string Title(PlanStep step, int index) =>
        PlainText.Of($"[{index}/{steps}] {step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})");

    private void Line(string text)
    {
        // Over the line of the step under way, where there is one.
        if (context.ShowsLiveProgress)
            context.Error.Write("\r\e[K");
        context.Error.WriteLine(text);
    }
}
