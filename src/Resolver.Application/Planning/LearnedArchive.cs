using Resolver.Application.Backends;
using Resolver.Application.Hashes;
using Resolver.Application.Inputs;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;

namespace Resolver.Application.Planning;

/// <summary>An archive of which build backends are asked everything that its files do not say
/// (<c>scan --offline-metadata build</c>).</summary>
public static class LearnedArchive
{
    /// <summary>The distributions with what their backends say. Each build is planned by itself, from the archive and
    /// what is installed.</summary>
    /// <param name="request">Its target's interpreter runs the backends; its metadata settings say how.</param>
    /// <exception cref="Resolver.Interpreters.InterpreterException">The interpreter cannot be asked.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<IReadOnlyList<Distribution>> LearnAsync(
        IReadOnlyList<Distribution> found,
        PlanningRequest request,
        Notices notices,
        CancellationToken cancellation
    )
    {
        var target = await TargetEnvironment.OpenAsync(
            request.Target,
            request.Archive.CacheFolder,
            onlyPlans: false,
            cancellation
        );
        var question = new PlanRequest
        {
            Environment = target.Interpreter.Environment,
            Tags = target.Interpreter.Tags,
            Waivers = request.Waivers,
            Exclusions = request.Exclusions,
        };
        using var sources = new PlanningSources(
            target,
            ArchiveView.Whole(found),
            [],
            request.Archive.Declarations,
            request.Metadata.ToOptions(request.Archive.CacheFolder, []),
            notices,
            new ReferencedFiles(_ => []),
            new ExpectedHashes(),
            IgnoredRequirements.None
        );
        var dynamic = sources.Dynamic!;
        await dynamic.LearnAsync(
            found,
            requirements =>
                Planner.Plan(
                    sources.Source,
                    question with
                    {
                        Roots = requirements,
                    },
                    request.Limits,
                    request.Engine,
                    cancellation
                ),
            () => sources.Reached,
            cancellation
        );
        dynamic.Tell();
        return dynamic.Told(found);
    }
}
