using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Verification;

/// <summary>What identifies a requirement in the list of a step.</summary>
/// <param name="Extras">Sorted, with commas between.</param>
internal readonly record struct RequirementKey(
    Role Role,
    PackageName Name,
    string Extras,
    SpecifierSet Specifier,
    string? Url
)
{
    public override string ToString() =>
        $"{Role} {Name}{(Extras.Length > 0 ? $"[{Extras}]" : "")}{Specifier}{(Url is null ? "" : $" @ {Url}")}";
}
