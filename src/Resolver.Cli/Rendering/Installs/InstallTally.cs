using System.Globalization;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Outcomes;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>The result of an installation, gathered from its events.</summary>
internal sealed class InstallTally
{
    private readonly List<string> replaced = [];
    private int built,
        reused,
        files;
    private long bytes;
    private TimeSpan buildTime;

    /// <summary>The steps that replaced something, for a person: what they install and what was there.</summary>
    public IReadOnlyList<string> Replaced => replaced;

    public void Add(ExecutionEvent value)
    {
        switch (value)
        {
            case ExecutionEvent.BuildFinished finished:
                built++;
                buildTime += finished.Duration;
                break;
            case ExecutionEvent.WheelReused:
                reused++;
                break;
            case ExecutionEvent.VersionRemoved removed:
                replaced.Add(
                    $"{removed.Step.Candidate.Name} {removed.Step.Candidate.Version} in place of {removed.Replaced}"
                );
                break;
            case ExecutionEvent.StepFinished finished:
                files += finished.Files;
                bytes += finished.Bytes;
                break;
        }
    }

    /// <summary>In half a sentence: <c>5 built in 5.3 s, 31 files, 45 kB</c>.</summary>
    public string Text()
    {
        var parts = new List<string>();
        if (built > 0)
            parts.Add(
                string.Create(CultureInfo.InvariantCulture, $"{built} built in {buildTime.TotalSeconds:0.0} s of work")
            );
        if (reused > 0)
            parts.Add($"{reused} built before");
        parts.Add(Count.Of(files, "file"));
        parts.Add(SizeText.Of(bytes));
        return string.Join(", ", parts);
    }
}
