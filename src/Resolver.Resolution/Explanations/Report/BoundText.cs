using Resolver.Packaging.Specifiers;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>Bounds as people write them: from where, up to where, and what not (<c>&gt;=1,&lt;2,!=1.5</c>).</summary>
public static class BoundText
{
    /// <summary>The specifiers in that order, without those that say nothing beside the others.</summary>
    public static string Of(SpecifierSet set) =>
        string.Join(
            ',',
            set.Specifiers.Where(each => !set.Specifiers.Any(other => Implies(other, each)))
                .OrderBy(each =>
                    each.Operator switch
                    {
                        ">=" or ">" or "~=" or "==" or "===" => 0,
                        "<" or "<=" => 1,
                        _ => 2,
                    }
                )
                .ThenBy(each => each.ToString(), StringComparer.Ordinal)
        );

    /// <summary>Several bounds that hold at once; as they are where one of them is no specifier set.</summary>
    public static string Of(IEnumerable<string> bounds)
    {
        var all = string.Join(',', bounds);
        return SpecifierSet.TryParse(all) is { Success: true, Value: var set } ? Of(set) : all;
    }

    /// <summary>Whether one of two different specifiers is enough: a later start, an earlier end, or a start behind
    /// what is left out.</summary>
    private static bool Implies(Specifier one, Specifier other) =>
        one.Version is { } version
        && other.Version is { } weaker
        && !one.IsPrefix
        && !other.IsPrefix
        && (one.Operator, other.Operator) switch
        {
            (">=", ">=") or (">", ">") or (">=", "!=") => version > weaker,
            ("<=", "<=") or ("<", "<") => version < weaker,
            _ => false,
        };
}
