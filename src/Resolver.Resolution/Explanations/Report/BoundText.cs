using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>Bounds as people write them: from where, up to where, and what not (<c>&gt;=1,&lt;2,!=1.5</c>).</summary>
public static class BoundText
{
    /// <summary>The specifiers in that order, without those that say nothing beside the others. Linear but for
    /// sorting: a hostile set has thousands of them.</summary>
    public static string Of(SpecifierSet set)
    {
        var ends = new Dictionary<string, Version>(StringComparer.Ordinal);
        foreach (var each in set.Specifiers)
        {
            if (each is { IsPrefix: false, Version: { } version, Operator: ">=" or ">" or "<=" or "<" })
                ends[each.Operator] = ends.TryGetValue(each.Operator, out var end)
                    ? Narrower(each.Operator, version, end)
                    : version;
        }
        return string.Join(
            ',',
            set.Specifiers.Where(each => !IsImplied(each, ends))
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
    }

    /// <summary>Several bounds that hold at once; as they are where one of them is no specifier set.</summary>
    public static string Of(IEnumerable<string> bounds)
    {
        var all = string.Join(',', bounds);
        return SpecifierSet.TryParse(all) is { Success: true, Value: var set } ? Of(set) : all;
    }

    private static Version Narrower(string comparison, Version one, Version other) =>
        comparison[0] == '>' == one > other ? one : other;

    /// <summary>Whether another specifier is enough: a later start, an earlier end, or a start behind what is left
    /// out.</summary>
    /// <param name="ends">The narrowest version of each comparison that bounds.</param>
    private static bool IsImplied(Specifier specifier, Dictionary<string, Version> ends) =>
        specifier is { IsPrefix: false, Version: { } version }
        && (
            specifier.Operator == "!="
                ? ends.TryGetValue(">=", out var start) && start > version
                : ends.TryGetValue(specifier.Operator, out var end)
                    && (specifier.Operator[0] == '>' ? end > version : end < version)
        );
}
