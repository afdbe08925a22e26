namespace Resolver.Resolution.Solving;

/// <summary>What a <see cref="Demand"/> does.</summary>
internal enum DemandKind : byte
{
    /// <summary>No nogood follows: the requirement always holds.</summary>
    Nothing,

    /// <summary>Its nogood is known.</summary>
    Direct,

    /// <summary>The requirement has conditions, and its nogood is made when they first hold.</summary>
    Conditional,
}
