namespace Resolver.Packaging.Markers.Regions;

/// <summary>
/// Writes a region as a short marker: the paths of its diagram as alternatives, each without the comparisons it can
/// do without, and without alternatives that the others make superfluous. Every step is checked by the algebra, so
/// the text means the region exactly, within what is given.
/// </summary>
internal static class RegionText
{
    // What says most to a reader is kept to the last: systems by sys_platform rather than by their other names.
    private static readonly string[] Keep =
    [
        "sys_platform",
        "python_full_version",
        "python_version",
        "platform_machine",
        "implementation_name",
        "platform_python_implementation",
        "platform_system",
        "os_name",
    ];

    /// <summary>One comparison, or several that Python's intervals need, with what it means.</summary>
    private sealed record Part(string Variable, string Text, MarkerRegion Region);

    public static Marker? Simplest(MarkerRegion region, MarkerRegion given)
    {
        var outside = given.Except(region);
        if (outside.IsEmpty)
            return null;
        if (region.IsDisjointFrom(given))
            return Marker.Parse("python_version < \"0\"");
        var inside = region.And(given);
        var direct = Alternatives(inside, given, outside);
        // 'everywhere but on Windows' is shorter than a list of all other systems.
        if (direct is not [[_]] && Single(outside, inside) is { } single && Negated(single) is { } negated)
            return Marker.Parse(negated);
        return Marker.Parse(
            string.Join(
                " or ",
                direct
                    .Select(alternative => string.Join(" and ", alternative.Select(part => part.Text)))
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    /// <summary>The one comparison that holds in a region and not in another. Where there is one, it is on every path
    /// of the region.</summary>
    private static Part? Single(MarkerRegion region, MarkerRegion other) =>
        ByWorth(Paths(region.Node, []).First())
            .FirstOrDefault(part => region.IsSubsetOf(part.Region) && part.Region.IsDisjointFrom(other));

    private static List<List<Part>> Alternatives(MarkerRegion inside, MarkerRegion given, MarkerRegion outside)
    {
        var all = new List<List<Part>>();
        var open = inside;
        foreach (var path in Paths(inside.Node, []))
        {
            if (Meaning(path).IsDisjointFrom(open))
                continue; // an alternative made shorter has come to mean this one as well
            var kept = ByWorth(path).ToList();
            for (var i = kept.Count - 1; i >= 0; i--)
            {
                var rest = kept.Where((_, index) => index != i);
                if (Meaning(rest).IsDisjointFrom(outside))
                    kept.RemoveAt(i);
            }
            all.Add(kept);
            open = open.Except(Meaning(kept));
        }
        all = [.. all.OrderBy(parts => parts.Count)];
        for (var i = all.Count - 1; i >= 0 && all.Count > 1; i--)
        {
            var others = all.Where((_, index) => index != i)
                .Aggregate(MarkerRegion.None, (union, parts) => union.Or(Meaning(parts)));
            if (Meaning(all[i]).And(given).IsSubsetOf(others))
                all.RemoveAt(i);
        }
        return all;
    }

    private static IEnumerable<Part> ByWorth(IEnumerable<Part> parts) =>
        parts.OrderBy(part => Array.IndexOf(Keep, part.Variable) is var at and >= 0 ? at : Keep.Length);

    private static MarkerRegion Meaning(IEnumerable<Part> parts) =>
        parts.Aggregate(MarkerRegion.All, (region, part) => region.And(part.Region));

    private static IEnumerable<List<Part>> Paths(RegionNode node, IReadOnlyList<Part> before)
    {
        if (node == RegionNode.True)
            yield return [.. before];
        foreach (var (values, child) in node.Edges)
        {
            if (child == RegionNode.False)
                continue;
            foreach (var parts in PartsOf(node.Variable!, values))
            {
                foreach (var path in Paths(child, [.. before, .. parts]))
                    yield return path;
            }
        }
    }

    /// <summary>A set of values as alternatives of comparisons.</summary>
    private static IEnumerable<IReadOnlyList<Part>> PartsOf(RegionVariable variable, ValueSet values)
    {
        switch (values)
        {
            case ReleaseSet releases:
                return releases.Intervals.Select(interval =>
                    (IReadOnlyList<Part>)[.. OfInterval(interval.From, interval.To)]
                );
            case TextSet texts when variable.Comparison is { } comparison:
                var text = (
                    texts.Contains("true") ? comparison : comparison with { Operator = Inverse(comparison.Operator) }
                ).ToString();
                return
                [
                    [new(variable.Name, text, MarkerRegion.Of(RegionNode.Of(variable, values)))],
                ];
            case TextSet { IsComplement: true } texts:
                return
                [
                    [
                        .. texts.Texts.Select(each => new Part(
                            variable.Name,
                            $"{variable.Name} != {QuotedText.Write(each)}",
                            MarkerRegion.OfText(variable.Name, each).Not()
                        )),
                    ],
                ];
            default:
                return ((TextSet)values).Texts.Select(each =>
                    (IReadOnlyList<Part>)
                        [
                            new(
                                variable.Name,
                                $"{variable.Name} == {QuotedText.Write(each)}",
                                MarkerRegion.OfText(variable.Name, each)
                            ),
                        ]
                );
        }
    }

    private static IEnumerable<Part> OfInterval(FinalRelease from, FinalRelease? to)
    {
        if (to == from.NextMinor && from.Micro == 0)
            yield return OfPython(from, to, $"python_version == \"{from.MinorText}\"");
        else if (to == from.NextMicro)
            yield return OfPython(from, to, $"python_full_version == \"{from}\"");
        else
        {
            if (from != FinalRelease.Lowest)
                yield return OfPython(from, null, $"{Bound(from, ">=")}");
            if (to is { } end)
                yield return OfPython(FinalRelease.Lowest, end, $"{Bound(end, "<")}");
        }
    }

    private static string Bound(FinalRelease release, string comparison) =>
        release.Micro == 0
            ? $"python_version {comparison} \"{release.MinorText}\""
            : $"python_full_version {comparison} \"{release}\"";

    private static Part OfPython(FinalRelease from, FinalRelease? to, string text) =>
        new(
            RegionVariable.Python.Name,
            text,
            MarkerRegion.Of(RegionNode.Of(RegionVariable.Python, ReleaseSet.Between(from, to)))
        );

    private static string? Negated(Part part)
    {
        var comparison = (MarkerExpression.Comparison)Marker.Parse(part.Text).Expression;
        return comparison.Operator is "==" or "!=" or "in" or "not in"
            ? (comparison with { Operator = Inverse(comparison.Operator) }).ToString()
            : null;
    }

    private static string Inverse(string comparison) =>
        comparison switch
        {
            "==" => "!=",
            "!=" => "==",
            "in" => "not in",
            "not in" => "in",
            "<" => ">=",
            ">=" => "<",
            ">" => "<=",
            "<=" => ">",
            _ => comparison,
        };
}
