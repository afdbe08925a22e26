using Resolver.Resolution.Plans;

namespace Resolver.Resolution.Planning;

/// <summary>Why a project is in a plan.</summary>
/// <param name="Step">The step, or null where the plan does not have the project.</param>
/// <param name="Paths">Simple paths from the roots, shortest first, at most
/// <see cref="PlanQuestions.MostPaths"/>.</param>
/// <param name="Complete">Whether those are all.</param>
public sealed record WhyAnswer(PlanStep? Step, IReadOnlyList<IReadOnlyList<WhyLink>> Paths, bool Complete);
