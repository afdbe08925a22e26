namespace Resolver.Packaging.Specifiers;

/// <summary>The operators of version specifiers (PEP 440, "Version specifiers").</summary>
internal enum Comparison
{
    Compatible,
    Equal,
    NotEqual,
    LessOrEqual,
    GreaterOrEqual,
    Less,
    Greater,
    Arbitrary,
}
