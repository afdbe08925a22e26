using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

/// <summary>What a match of <see cref="SpecifierGrammar"/> found. The version's text stands from
/// <paramref name="Start"/> to <paramref name="End"/>.</summary>
internal readonly record struct SpecifierParts(
    Comparison Comparison,
    int Start,
    int End,
    bool IsPrefix,
    Version Version
);
