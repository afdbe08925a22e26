using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>What one requirement of a candidate asks of the search.</summary>
internal struct Demand
{
    /// <summary>The set that the target must not lie within; see <see cref="Sat.Domains.Term.Bits"/>. Of a
    /// <see cref="DemandKind.Conditional"/> one the requirement's number in the problem.</summary>
    public ulong Bits;

    /// <summary>The engine's nogood, or none yet.</summary>
    public NogoodId Nogood;

    /// <summary>The engine's variable; set only where the kind is <see cref="DemandKind.Direct"/>.</summary>
    public EngineVariable Target;

    public DemandKind Kind;

    /// <summary>Whether the requirement needs its target present, so that the discovery queue goes there.</summary>
    public bool Reaches;

    /// <summary>Whether a <see cref="DemandKind.Conditional"/> one has turned out to exclude nothing: there is no nogood to make.
    /// It keeps its place in the queue's walk, which must not hang on what the search has tried.</summary>
    public bool AlwaysHolds;
}
