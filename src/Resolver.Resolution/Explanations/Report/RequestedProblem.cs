using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>A request as a problem, with a judge of its builds where each has an environment of its own.</summary>
public static class RequestedProblem
{
    /// <summary>The problem; nothing is solved yet, and verdicts on builds have no limits.</summary>
    /// <param name="source">What there is to choose from.</param>
    /// <param name="request">What is requested.</param>
    public static CandidateProblem Of(ICandidateSource source, PlanRequest request) =>
        new(
            source,
            request,
            request.BuildIsolation == BuildIsolation.None ? null : Builds(source, request, PlanLimits.None)
        );

    /// <summary>Build environments whose failures are explained.</summary>
    internal static BuildEnvironments Builds(
        ICandidateSource source,
        PlanRequest request,
        PlanLimits limits,
        CancellationToken cancellation = default
    ) => new(source, request, limits, BuildReason, cancellation);

    /// <summary>The core as one line about the build whose environment the problem is; null where there is a
    /// selection, or a limit was reached first.</summary>
    private static string? BuildReason(CandidateProblem problem, PlanLimits limits, CancellationToken cancellation)
    {
        var core = new MinimalCore(problem, problem, new SolveBudget(limits, cancellation));
        core.Find();
        return core.Facts is { } facts ? new ConflictReport(problem, problem, facts).TellBuild() : null;
    }
}
