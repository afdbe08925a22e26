using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Cli.Context;
using Resolver.Execution.Hooks;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;

namespace Resolver.Cli.Inputs;

/// <summary>What there is to choose from, as it is known now: it grows where build backends are asked.</summary>
/// <param name="archive">What lies in the archive.</param>
/// <param name="batch">What the paths of a batch hold.</param>
/// <param name="hooks">How build backends are asked; null where nobody may.</param>
internal sealed class PlanningSources(
    Workplace workplace,
    ArchiveView archive,
    IReadOnlyList<Distribution> batch,
    ArchiveDeclarations declarations,
    HookOptions? hooks,
    CommandContext context
) : IDisposable
{
    private (int Knowledge, IReadOnlyList<Distribution> Batch, ObservedSource Source)? made;

    public DynamicMetadata? Dynamic { get; } =
        hooks is null
            ? null
            : new DynamicMetadata(workplace.Interpreter, hooks, archive.Present.Concat(batch), context);

    public IReadOnlyList<Distribution> Batch => Current.Batch;

    public ICandidateSource Source => Current.Source;

    /// <summary>The projects that were asked for since something new became known.</summary>
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

    public void Dispose() => Dynamic?.Dispose();

    private (int Knowledge, IReadOnlyList<Distribution> Batch, ObservedSource Source) Current
    {
        get
        {
            var knowledge = Dynamic?.Knowledge ?? 0;
            if (made is { } known && known.Knowledge == knowledge)
                return known;
            var view = Dynamic is null ? archive : new DynamicView(archive, Dynamic);
            var current = (
                knowledge,
                Dynamic is null ? batch : Dynamic.View(batch),
                new ObservedSource(workplace.SourceOf(view, declarations))
            );
            made = current;
            return current;
        }
    }
}
