namespace Resolver.Packaging.Markers.Regions;

/// <summary>Finds an environment that lies in a region: what shows that a region is not empty, although comparisons
/// that are kept unchanged know nothing of each other.</summary>
internal sealed class RegionExample
{
    // What a person would think of first, where a region only says what it is not.
    private static readonly string[] Usual =
    [
        "linux",
        "win32",
        "darwin",
        "posix",
        "nt",
        "Linux",
        "Windows",
        "Darwin",
        "x86_64",
        "AMD64",
        "arm64",
        "aarch64",
        "cpython",
        "CPython",
        "pypy",
        "PyPy",
        "other",
    ];

    private readonly MarkerEnvironment wished;
    private readonly List<(RegionVariable Variable, ValueSet Values)> path = [];

    private RegionExample(MarkerEnvironment wished) => this.wished = wished;

    /// <summary>An environment in the region, as near to the one wished for as the first path that has any; null
    /// where the region is empty.</summary>
    public static MarkerEnvironment? Find(RegionNode node, MarkerEnvironment wished) =>
        new RegionExample(wished).Search(node);

    /// <summary>Whether the environment lies in the region. Extras count as not requested.</summary>
    public static bool Contains(RegionNode node, MarkerEnvironment environment)
    {
        var judge = new RegionExample(environment);
        while (node.Variable is { } variable)
            node = node.Edges.First(edge => judge.IsWished(variable, edge.Values)).Child;
        return node == RegionNode.True;
    }

    private MarkerEnvironment? Search(RegionNode node)
    {
        if (node == RegionNode.True)
            return Environment();
        foreach (var (values, child) in node.Edges.OrderByDescending(edge => IsWished(node.Variable!, edge.Values)))
        {
            if (child == RegionNode.False)
                continue;
            path.Add((node.Variable!, values));
            var found = Search(child);
            path.RemoveAt(path.Count - 1);
            if (found is not null)
                return found;
        }
        return null;
    }

    private bool IsWished(RegionVariable variable, ValueSet values) =>
        values switch
        {
            ReleaseSet releases => releases.Contains(Release(wished)),
            TextSet texts when variable.Comparison is { } comparison => texts.Contains("true")
                == Holds(comparison, wished),
            TextSet texts => texts.Contains(wished[variable.Name] ?? ""),
            _ => false,
        };

    private MarkerEnvironment? Environment()
    {
        var environment = wished;
        foreach (var group in path.GroupBy(each => each.Variable.Name))
        {
            if (wished[group.Key] is not { } value)
                continue; // an extra or a group: nothing that an environment has
            if (group.Key == "python_version" || group.Key == "python_full_version")
                continue;
            var found = Candidates(value, group)
                .FirstOrDefault(each => group.All(constraint => Suits(constraint, wished.With(group.Key, each))));
            if (found is null)
                return null;
            environment = environment.With(group.Key, found);
        }
        return WithPython(environment);
    }

    /// <summary>Both variables of Python have the same constraints: they are one release.</summary>
    private MarkerEnvironment? WithPython(MarkerEnvironment environment)
    {
        var constraints = path.Where(each => each.Variable.Name is "python_version" or "python_full_version").ToList();
        if (constraints.Count == 0)
            return environment;
        var all = constraints
            .Select(each => each.Values)
            .OfType<ReleaseSet>()
            .Aggregate((ValueSet)ReleaseSet.Between(FinalRelease.Lowest, null), (left, right) => left.Intersect(right));
        var releases = (ReleaseSet)all;
        var kept = constraints.Where(each => each.Values is TextSet).ToList();
        if (releases.Contains(Release(environment)) && kept.All(constraint => Suits(constraint, environment)))
            return environment;
        foreach (var release in Minors(releases))
        {
            var moved = RegionReader.At(environment, release);
            if (kept.All(constraint => Suits(constraint, moved)))
                return moved;
        }
        return null;
    }

    /// <summary>Where each interval begins, then the releases of Python 3 there are and will be for some
    /// decades.</summary>
    private static IEnumerable<FinalRelease> Minors(ReleaseSet releases) =>
        releases
            .Intervals.Select(interval => interval.From)
            .Concat(Enumerable.Range(0, 100).Select(minor => new FinalRelease(3, minor, 0)).Where(releases.Contains));

    private static IEnumerable<string> Candidates(
        string wished,
        IEnumerable<(RegionVariable Variable, ValueSet Values)> constraints
    )
    {
        yield return wished;
        var all = constraints.ToList();
        foreach (var (_, values) in all.Where(each => each.Variable.Comparison is null))
        {
            if (values is TextSet { IsComplement: false } texts)
            {
                foreach (var text in texts.Texts)
                    yield return text;
                yield break;
            }
        }
        foreach (var text in Usual)
            yield return text;
        var literals = all.Select(each => each.Variable.Comparison?.Literal).OfType<string>().ToList();
        foreach (var literal in literals)
        {
            yield return literal;
            yield return literal + ".1";
        }
        // 'in' holds for parts of a text, 'not in' for what has no part in common with it; several texts occur in
        // their concatenation.
        foreach (var part in literals.SelectMany(literal => literal.Split(' ', ',', '|', ';')))
            yield return part;
        yield return string.Concat(literals);
        yield return "";
        yield return "0";
        yield return "999999";
        for (var i = 1; i <= all.Count + Usual.Length; i++)
            yield return $"other-{i}";
    }

    private static bool Suits((RegionVariable Variable, ValueSet Values) constraint, MarkerEnvironment environment)
    {
        if (constraint.Values is not TextSet texts)
            return true;
        return constraint.Variable.Comparison is { } comparison
            ? texts.Contains("true") == Holds(comparison, environment)
            : texts.Contains(environment[constraint.Variable.Name] ?? "");
    }

    private static bool Holds(MarkerExpression.Comparison comparison, MarkerEnvironment environment) =>
        MarkerComparer.Compare(
            comparison,
            new()
            {
                Environment = environment,
                RequestedExtras = [],
                Extras = [],
                DependencyGroups = [],
            },
            out _
        ) == true;

    private static FinalRelease Release(MarkerEnvironment environment) =>
        Versions.Version.TryParse(environment.PythonFullVersion.TrimEnd('+')) is { Success: true } version
            ? FinalRelease.Of(version.Value)
            : FinalRelease.Lowest;
}
