using System.CommandLine;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Cli.Inputs;

/// <summary><c>scan --offline-metadata build</c>: an archive of which everything is asked that its files do not
/// say.</summary>
internal static class AskedArchive
{
    /// <summary>The distributions with what their backends say. Each build is planned by itself, from the archive and
    /// what is installed.</summary>
    /// <param name="python">The interpreter that runs the backends.</param>
    public static async Task<IReadOnlyList<Distribution>> LearnAsync(
        IReadOnlyList<Distribution> found,
        string python,
        MetadataOptions metadata,
        ArchiveOptions archive,
        ParseResult parsed,
        CommandContext context
    )
    {
        var target = new TargetSettings(python, [], NoInstalled: false, null, null, null);
        var workplace = await Workplace.OpenAsync(
            target,
            archive.CacheFolder(parsed),
            onlyPlans: false,
            context.Interruption
        );
        var request = new PlanRequest
        {
            Environment = workplace.Interpreter.Environment,
            Tags = workplace.Interpreter.Tags,
            Waivers = context.Configuration.Waivers,
            Exclusions = context.Configuration.Exclusions,
        };
        var options = HookSettings.None(context).ToOptions(metadata, archive, parsed, context, []);
        using var sources = new PlanningSources(
            workplace,
            ArchiveView.Whole(found),
            [],
            context.Configuration.Declarations,
            options,
            context,
            new ReferencedFiles(_ => []),
            new ExpectedHashes()
        );
        var dynamic = sources.Dynamic!;
        await dynamic.LearnAsync(
            found,
            requirements =>
                Planner.Plan(
                    sources.Source,
                    request with
                    {
                        Roots = requirements,
                    },
                    new PlanLimits(null, null),
                    new DomainSolver(),
                    context.Interruption
                ),
            () => sources.Reached,
            context.Interruption
        );
        dynamic.Tell();
        return dynamic.Told(found);
    }
}
