namespace Resolver.Resolution.Universes;

public sealed partial class CandidateUniverse
{
    /// <inheritdoc/>
    public override UniverseProblem CreateProblem(UniverseQuery query) => throw new NotImplementedException();
}
