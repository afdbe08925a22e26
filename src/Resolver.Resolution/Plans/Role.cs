namespace Resolver.Resolution.Plans;

/// <summary>Why a requirement holds.</summary>
public enum Role
{
    Root,
    Runtime,
    Build,
    Constraint,
}
