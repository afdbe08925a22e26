using Resolver.Resolution.Objectives;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Verification;

/// <summary>Counts the steps of a plan once more, for the objectives that it was made for.</summary>
internal static class ObjectiveCounts
{
    /// <summary>The plan, where the values of its objectives are what its steps say.</summary>
    /// <exception cref="InvalidOperationException">They did not: a fault of the program.</exception>
    internal static Plan Counted(this Plan plan)
    {
        foreach (var value in plan.Objectives)
        {
            var counted = value.Objective switch
            {
                Objective.FewestPackages => plan.Steps.Count,
                Objective.FewestBuilds => plan.Steps.Count(step => step.Candidate.IsBuilt),
                _ => value.Value,
            };
            if (counted != value.Value || value.AtLeast > counted)
                throw new InvalidOperationException($"the plan has {counted} of what {value} says");
        }
        return plan;
    }
}
