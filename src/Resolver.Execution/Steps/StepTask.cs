using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>A step that is to be carried out.</summary>
/// <param name="Index">From 1, among those of this process.</param>
/// <param name="SavedFolder">Where it keeps what it takes out of the destination, below the run's folder.</param>
/// <param name="Wheel">What is installed: the plan's own wheel, or what was built from the plan's file.</param>
internal sealed record StepTask(PlanStep Step, int Index, string SavedFolder, ExpectedFile Wheel);
