namespace Resolver.Resolution.Problems;

/// <summary>Why a requirement holds.</summary>
public enum Role
{
    Root,
    Runtime,
    Build,
    Constraint,
}
