using Resolver.Application.Backends;
using Resolver.Application.Inputs;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;

namespace Resolver.Application.Planning;

/// <summary>What a session works with, once everything has been read.</summary>
/// <param name="Request">What was requested, as given.</param>
/// <param name="Requirements">The requirements that were read.</param>
/// <param name="Target">The interpreter, the destination and what is installed there.</param>
/// <param name="Question">The question that the planner answers.</param>
/// <param name="Archive">The archive; its index is open.</param>
/// <param name="Sources">What there is to choose from, as it is known now.</param>
/// <param name="Notices">Receives warnings and progress.</param>
/// <param name="Stop">Cancelled at the deadline, and when the session is interrupted.</param>
/// <param name="Interruption">Cancelled when the caller wants the session to end.</param>
internal sealed record OpenedSession(
    PlanningRequest Request,
    RequirementReader Requirements,
    TargetEnvironment Target,
    PlanningQuestion Question,
    OpenedArchive Archive,
    PlanningSources Sources,
    Notices Notices,
    CancellationTokenSource Stop,
    CancellationToken Interruption
) : IDisposable
{
    /// <summary>Plans the build of one project by itself.</summary>
    /// <param name="requirements">What it requires.</param>
    public PlanOutcome PlanBuild(IReadOnlyList<Requirement> requirements) =>
        Planner.Plan(
            Sources.BuildSource,
            Question.Request with
            {
                Roots = requirements,
            },
            Request.Limits,
            Request.Engine,
            Interruption
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        Sources.Dispose();
        Archive.Dispose();
        Stop.Dispose();
    }
}
