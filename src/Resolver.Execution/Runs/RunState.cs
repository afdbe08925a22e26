namespace Resolver.Execution.Runs;

/// <summary>The state that a journal describes: which steps are done, which one is broken. Immutable.</summary>
internal sealed record RunState
{
    public RunStatus Status { get; init; }

    /// <summary>The steps that are done, in the order in which they were carried out.</summary>
    public IReadOnlyList<StepRecord> Finished { get; init; } = [];

    /// <summary>Steps that have begun and neither ended nor been taken back, in the order in which they
    /// began.</summary>
    public IReadOnlyList<StepRecord> Broken { get; init; } = [];

    /// <summary>Wheels that were built, by the step's number.</summary>
    public IReadOnlyDictionary<int, BuiltWheel> Wheels { get; init; } = new Dictionary<int, BuiltWheel>();

    /// <summary>How many times a step has begun, by its number: each attempt saves into a folder of its own.</summary>
    public IReadOnlyDictionary<int, int> Attempts { get; init; } = new Dictionary<int, int>();

    /// <summary>Reads it from a journal.</summary>
    public static RunState Of(IEnumerable<JournalEvent> events)
    {
        var status = RunStatus.Open;
        var finished = new List<StepRecord>();
        var wheels = new Dictionary<int, BuiltWheel>();
        var attempts = new Dictionary<int, int>();
        var broken = new List<StepRecord>();
        foreach (var entry in events)
        {
            switch (entry.Kind)
            {
                case JournalEventKind.WheelReady:
                    wheels[entry.Order] = new BuiltWheel(entry.Text ?? "", entry.Hash ?? "", entry.IsEditable);
                    break;
                case JournalEventKind.StepStarted:
                    broken.Add(new StepRecord(entry.Order, entry.Text ?? ""));
                    attempts[entry.Order] = attempts.GetValueOrDefault(entry.Order) + 1;
                    break;
                case JournalEventKind.Removing:
                    Change(broken, entry, step => step with { Removed = [.. step.Removed, .. entry.Files ?? []] });
                    break;
                case JournalEventKind.Installing:
                    Change(broken, entry, step => step with { Overwritten = entry.Files ?? [] });
                    break;
                case JournalEventKind.Installed:
                    Change(broken, entry, step => step with { Added = entry.Files ?? [] });
                    break;
                case JournalEventKind.StepFinished:
                    finished.AddRange(broken.Where(step => step.Order == entry.Order));
                    broken.RemoveAll(step => step.Order == entry.Order);
                    break;
                case JournalEventKind.Reverted:
                    broken.Clear();
                    break;
                case JournalEventKind.Undoing:
                    if (finished.FindIndex(step => step.Saved == entry.Text) is var undoing and >= 0)
                        finished[undoing] = finished[undoing] with { Undoing = true };
                    break;
                case JournalEventKind.Undone:
                    finished.RemoveAll(step => step.Saved == entry.Text);
                    break;
                default:
                    status = StatusAfter(entry.Kind, status);
                    break;
            }
        }
        return new RunState
        {
            Status = status,
            Finished = finished,
            Broken = broken,
            Wheels = wheels,
            Attempts = attempts,
        };
    }

    private static void Change(List<StepRecord> broken, JournalEvent entry, Func<StepRecord, StepRecord> change)
    {
        if (broken.FindIndex(step => step.Order == entry.Order) is var index and >= 0)
            broken[index] = change(broken[index]);
    }

    private static RunStatus StatusAfter(JournalEventKind kind, RunStatus before) =>
        kind switch
        {
            JournalEventKind.RunStarted or JournalEventKind.RunResumed => RunStatus.Open,
            JournalEventKind.RunFinished => RunStatus.Finished,
            JournalEventKind.RunFailed => RunStatus.Failed,
            JournalEventKind.RunInterrupted => RunStatus.Interrupted,
            JournalEventKind.UndoStarted => RunStatus.Undoing,
            JournalEventKind.UndoFinished => RunStatus.Undone,
            _ => before,
        };
}
