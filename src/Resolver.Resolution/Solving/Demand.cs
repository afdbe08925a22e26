using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>What one requirement of a candidate asks of the search.</summary>
internal struct Demand
{
    /// <summary>No nogood follows: the requirement always holds.</summary>
    public const int Nothing = -2;

    /// <summary>The requirement has conditions: <see cref="Bits"/> is its number in the problem, and its nogood is
    /// made when they first hold.</summary>
    public const int Conditional = -1;

    /// <summary>The set that the target must not lie within; see <see cref="Sat.Domains.Term.Bits"/>.</summary>
    public ulong Bits;

    /// <summary>The engine's nogood, or -1 where there is none yet.</summary>
    public NogoodId Nogood;

    /// <summary>The engine's variable, or one of the constants.</summary>
    public int Target;

    /// <summary>Whether the requirement needs its target present, so that the discovery queue goes there.</summary>
    public bool Reaches;

    /// <summary>Whether a <see cref="Conditional"/> one has turned out to exclude nothing: there is no nogood to make.
    /// It keeps its place in the queue's walk, which must not hang on what the search has tried.</summary>
    public bool AlwaysHolds;
}
