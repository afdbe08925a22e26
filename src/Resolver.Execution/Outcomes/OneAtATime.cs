namespace Resolver.Execution.Outcomes;

/// <summary>Passes events on one at a time, whichever threads they come from.</summary>
internal sealed class OneAtATime : IProgress<ExecutionEvent>
{
    private readonly Lock gate = new();
    private readonly IProgress<ExecutionEvent> listener;

    private OneAtATime(IProgress<ExecutionEvent> listener) => this.listener = listener;

    /// <summary>Null for null.</summary>
    public static IProgress<ExecutionEvent>? Of(IProgress<ExecutionEvent>? listener) =>
        listener is null ? null : new OneAtATime(listener);

    public void Report(ExecutionEvent value)
    {
        lock (gate)
            listener.Report(value);
    }
}
