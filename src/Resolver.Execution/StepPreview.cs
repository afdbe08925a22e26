using Resolver.Resolution.Plans;

namespace Resolver.Execution;

/// <summary>What carrying out a step would come to.</summary>
/// <param name="IsBuiltBefore">Whether its wheel is kept from an earlier run, so that nothing is built; of later
/// stages only as far as it can be known now.</param>
/// <param name="Replaces">Name and version of what it would replace, or null.</param>
/// <param name="Size">Of its file, in bytes; 0 for a tree.</param>
public sealed record StepPreview(PlanStep Step, bool IsBuiltBefore, string? Replaces, long Size);
