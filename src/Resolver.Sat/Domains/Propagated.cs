namespace Resolver.Sat.Domains;

/// <summary>Why <see cref="DomainEngine.Propagate"/> came back.</summary>
public enum Propagated
{
    /// <summary>Nothing more follows.</summary>
    Fixpoint,

    /// <summary>A variable has come down to one value: <see cref="DomainEngine.Settled"/>. The caller may add
    /// nogoods, and continues by calling again.</summary>
    Settled,

    /// <summary>All terms of a nogood hold: <see cref="DomainEngine.Conflict"/>.</summary>
    Conflict,
}
