namespace Resolver.Packaging.Metadata;

/// <summary>How far a source distribution's own metadata can be believed for one field (PEP 643, PEP 808).</summary>
public enum FieldKnowledge
{
    /// <summary>Every wheel built from it will say the same; an absent field stays absent.</summary>
    Guaranteed,

    /// <summary>A wheel will hold at least these values (2.6 and later: present and also Dynamic).</summary>
    LowerBound,

    /// <summary>A build may say something else.</summary>
    Unknown,
}
