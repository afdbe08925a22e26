using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Builds;

/// <summary>The wheels that were written, gathered from the events of a run.</summary>
internal sealed class WrittenWheels
{
    private readonly Dictionary<int, (PlanStep Step, string Path)> wheels = [];

    /// <summary>In the order of the plan: the step, and where its wheel is.</summary>
    public IReadOnlyList<(PlanStep Step, string Path)> Wheels =>
        [.. wheels.OrderBy(each => each.Key).Select(each => each.Value)];

    /// <summary>Hears everything before another does.</summary>
    public IProgress<ExecutionEvent> Before(IProgress<ExecutionEvent> next) => new Hearing(this, next);

    private sealed class Hearing(WrittenWheels written, IProgress<ExecutionEvent> next) : IProgress<ExecutionEvent>
    {
        public void Report(ExecutionEvent value)
        {
            if (value is ExecutionEvent.WheelHandedOut wheel)
                written.wheels[wheel.Step.Order] = (wheel.Step, wheel.Path);
            next.Report(value);
        }
    }
}
