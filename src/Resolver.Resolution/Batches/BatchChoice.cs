using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Batches;

/// <summary>A project of a batch as an optional root.</summary>
/// <param name="Name">The project.</param>
/// <param name="Variable">Candidate 0: left out; candidate i + 1: version i.</param>
/// <param name="Root">The root that asks for the variable.</param>
/// <param name="Versions">The artifacts of each version that was given, ascending.</param>
internal sealed record BatchChoice(
    PackageName Name,
    VariableId Variable,
    RequirementId Root,
    IReadOnlyList<IReadOnlyList<Candidate>> Versions
);
