namespace Resolver.Resolution.Encodings;

/// <summary>What a clause of the <see cref="BooleanEncoding"/> says.</summary>
internal enum ClauseKind
{
    /// <summary>A variable has at most one of its values (one link of the ladder), or at least one.</summary>
    ExactlyOne,

    /// <summary>A candidate may never be chosen.</summary>
    Unusable,

    /// <summary>A root holds.</summary>
    Root,

    /// <summary>A candidate's requirement holds, where its conditions do.</summary>
    Requirement,

    /// <summary>What it means that a requirement holds; one for all who share the requirement.</summary>
    Satisfied,

    /// <summary>An extra is active only where something asks for it.</summary>
    Support,

    /// <summary>A nogood of the problem's theory.</summary>
    Theory,

    /// <summary>One place of the counter of a bound.</summary>
    Bound,

    /// <summary>What a proof is to refute: that something better than a selection exists.</summary>
    Claim,
}
