using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Ordering;

/// <summary>One project needs another through this requirement, to be built or to run.</summary>
public readonly record struct BuildEdge(VariableId Source, RequirementId Requirement);

/// <summary>A cycle of needs with at least one build among them. Each edge's target is the next edge's source, the
/// last one's the first one's.</summary>
/// <param name="Edges">Begins with a build requirement.</param>
public sealed record BuildCycle(IReadOnlyList<BuildEdge> Edges);
