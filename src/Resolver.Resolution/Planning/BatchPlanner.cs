using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Planning;

/// <summary>Orders exactly a batch: every given candidate at its own version (<c>resolver order</c>). Build requirements may also be met by the further source.</summary>
public static class BatchPlanner
{
    /// <summary>The order, or why there is none.</summary>
    /// <param name="batch">What the given paths hold, problems included in their <see cref="BatchItem.Unreadable"/>.</param>
    /// <param name="further">What <c>-f</c> and the environment offer beside.</param>
    /// <param name="keepGoing">Order the newest plannable version of each project and list the rest in <c>left_out</c>.</param>
    public static PlanOutcome Order(IReadOnlyList<BatchItem> batch, ICandidateSource further, PlanRequest request, bool keepGoing, PlanLimits limits, bool useZ3 = false, CancellationToken cancellation = default) => throw new NotImplementedException();
}
