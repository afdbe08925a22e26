using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>A step that is to be carried out.</summary>
/// <param name="Index">From 1, among those of this process.</param>
/// <param name="SavedFolder">Where it keeps what it takes out of the destination, below the run's folder.</param>
/// <param name="Wheel">What is installed in place of the plan's own file, which it was built from; null for the
/// user's recipe, word for word.</param>
internal sealed record StepTask(PlanStep Step, int Index, string SavedFolder, string? Wheel);
