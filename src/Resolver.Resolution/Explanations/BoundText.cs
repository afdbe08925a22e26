using Resolver.Packaging.Specifiers;

namespace Resolver.Resolution.Explanations;

/// <summary>Bounds as people write them: from where, up to where, and what not (<c>&gt;=1,&lt;2,!=1.5</c>).</summary>
public static class BoundText
{
    /// <summary>The specifiers in that order.</summary>
    public static string Of(SpecifierSet set) =>
        string.Join(',', set.Specifiers.OrderBy(each => each.Operator switch { ">=" or ">" or "~=" or "==" or "===" => 0, "<" or "<=" => 1, _ => 2 }).ThenBy(each => each.ToString(), StringComparer.Ordinal));

    /// <summary>Several bounds that hold at once; as they are where one of them is no specifier set.</summary>
    public static string Of(IEnumerable<string> bounds)
    {
        var all = string.Join(',', bounds);
        return SpecifierSet.TryParse(all) is { Success: true, Value: var set } ? Of(set) : all;
    }
}
