using Resolver.Application.Hashes;
using Resolver.Application.Inputs;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Execution.Hooks;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Application.Backends;

/// <summary>What there is to choose from, as it is known now: it grows where build backends are asked.</summary>
/// <param name="archive">What lies in the archive.</param>
/// <param name="batch">What the paths of a batch hold.</param>
/// <param name="hooks">How build backends are asked; null where nobody may.</param>
/// <param name="references">What references in metadata point to.</param>
/// <param name="hashes">The hashes that were given.</param>
/// <param name="ignored">The requirements that count for nothing in a plan; builds that only tell metadata are as
/// always.</param>
internal sealed class PlanningSources(
    TargetEnvironment workplace,
    ArchiveView archive,
    IReadOnlyList<Distribution> batch,
    ArchiveDeclarations declarations,
    HookOptions? hooks,
    Notices notices,
    ReferencedFiles references,
    ExpectedHashes hashes,
    IgnoredRequirements ignored
) : IDisposable
{
    private (
        (int Hooks, int References) Knowledge,
        IReadOnlyList<Distribution> Batch,
        ObservedSource Source,
        ICandidateSource BuildSource
    )? made;

    public DynamicMetadata? Dynamic { get; } =
        hooks is null
            ? null
            : new DynamicMetadata(
                workplace.Interpreter,
                hooks,
                archive.Present.Concat(batch),
                project =>
                    workplace
                        .SourceOf(new BatchView(archive, batch), declarations, references)
                        .CandidatesOf(project)
                        .Count > 0,
                notices,
                ignored.OfBuilds
            );

    public IReadOnlyList<Distribution> Batch => Current.Batch;

    public ICandidateSource Source => Current.Source;

    /// <summary>What the build of one project by itself may take: the batch as well.</summary>
    public ICandidateSource BuildSource => Current.BuildSource;

    /// <summary>The projects that were requested since something new became known.</summary>
    public IReadOnlySet<PackageName> Reached => Current.Source.Asked;

    /// <summary>Those of which it is known, or nobody can tell, what they are.</summary>
    public IReadOnlyList<Distribution> Known(IReadOnlyList<Distribution> distributions) =>
        Dynamic is null
            ? distributions
            :
            [
                .. Dynamic
                    .View(distributions)
                    .Where(each => !Dynamic.IsOpen(each) || each.Problems.Any(problem => problem.Fatal)),
            ];

    /// <summary>Plans, and plans again as long as the search meets a reference to a file of a project that it had
    /// looked at before; each round reads a further file, so this ends. As in pip, a file outside the archive is there
    /// for whoever refers to it, and for others only beside those: a plan that has it otherwise is made again without
    /// it for others.</summary>
    public PlanOutcome Followed(Func<PlanOutcome> plan)
    {
        while (true)
        {
            var before = references.Generation;
            var outcome = plan();
            if (outcome is PlanOutcome.Planned { Plan: var made } && made.Steps.Any(IsUnmeant))
                references.Restrict();
            if (references.Generation == before)
                return outcome;
        }
    }

    /// <summary>Whether a file was chosen that nothing chosen refers to.</summary>
    private static bool IsUnmeant(PlanStep step) =>
        step.Candidate.OnlyByReference
        && !step.NeededBy.Any(need =>
            need.Requirement.ValidReference is { } reference && DirectReference.IsMetBy(reference, step.Candidate)
        );

    public void Dispose() => Dynamic?.Dispose();

    private (
        (int Hooks, int References) Knowledge,
        IReadOnlyList<Distribution> Batch,
        ObservedSource Source,
        ICandidateSource BuildSource
    ) Current
    {
        get
        {
            var knowledge = (Dynamic?.Knowledge ?? 0, references.Generation);
            if (made is { } known && known.Knowledge == knowledge)
                return known;
            ArchiveView view = new ReferencedView(archive, references);
            if (Dynamic is not null)
                view = new DynamicView(view, Dynamic);
            var knownBatch = Dynamic is null ? batch : Dynamic.View(batch);
            var source = new ObservedSource(
                hashes.Choosing(workplace.SourceOf(view, declarations, references, ignored.Without))
            );
            var current = (
                knowledge,
                ignored.AreAny ? [.. knownBatch.Select(ignored.Without)] : knownBatch,
                source,
                knownBatch.Count == 0 && !ignored.AreAny
                    ? (ICandidateSource)source
                    : hashes.Choosing(workplace.SourceOf(new BatchView(view, knownBatch), declarations, references))
            );
            made = current;
            return current;
        }
    }
}
