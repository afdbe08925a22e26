namespace Resolver.Resolution.Universes;

internal sealed class CandidateUniverseBuilder(UniverseContent content, string source)
{
    public CandidateUniverse Build(string name) => throw new NotImplementedException(name + content.Name + source);
}
