using Resolver.Resolution.Universes.Ranges;
using Resolver.Resolution.Universes.Tables;

namespace Resolver.Resolution.Universes;

/// <summary>Gives the texts of a file of scheme number or semver their meaning: requirements become a project and
/// intervals, versions places on a line.</summary>
internal sealed class OrdinalUniverseBuilder(UniverseContent content, string source, UniverseScheme scheme)
{
    private readonly TextTable texts = content.Texts;
    private readonly List<int> requirementTexts = [];
    private readonly List<int> targets = [];
    private readonly List<int> intervalEnds = [];
    private readonly List<long> intervals = [];
    private readonly List<int> projectNames = [];
    private int[] projectOf = [];
    private int[] requirementOf = [];
    private RangeReader reader = new NumberRangeReader();

    public OrdinalUniverse Build(string name)
    {
        var plain = new NumberRangeReader();
        reader = scheme == UniverseScheme.Number ? plain : new SemVerRangeReader();
        var universe = BuildWithReader(name);
        if (!plain.MetLargeNumber)
            return universe;
        reader = new LargeNumberRangeReader();
        return BuildWithReader(name);
    }

    private OrdinalUniverse BuildWithReader(string name)
    {
        requirementTexts.Clear();
        targets.Clear();
        intervalEnds.Clear();
        intervals.Clear();
        projectNames.Clear();
        var queries = content.Queries ?? [new UniverseQuery("", content.Root ?? [], content.Expected)];
        foreach (var query in queries)
        {
            foreach (var root in query.Root)
                texts.Intern(System.Text.Encoding.UTF8.GetBytes(root));
        }

        requirementOf = new int[texts.Count];
        NameProjects();
        if (reader.NeedsSurvey)
            Survey(queries);
        var roots = queries.Select(query => MakeQuery(query, name)).ToArray();
        var items = content.Lists.Items.ToArray();
        for (var i = 0; i < items.Length; i++)
            items[i] = requirementOf[items[i]] > 0 ? requirementOf[items[i]] - 1 : AddRequirement(items[i]);
        SortLists(items);
        var (order, starts, places, distinct) = SortCandidates(items);
        return new OrdinalUniverse(name, scheme, roots)
        {
            ListedProjects = content.Projects.Count,
            Texts = texts,
            ProjectNames = [.. projectNames],
            CandidateStarts = CoverAllProjects(starts),
            Places = places,
            VersionTexts = Permute(content.Versions, order),
            Lists = Permute(content.Requires, order),
            ListEnds = content.Lists.Ends.ToArray(),
            ListItems = items,
            RequirementTexts = [.. requirementTexts],
            Targets = [.. targets],
            IntervalEnds = [.. intervalEnds],
            Intervals = [.. intervals],
            HasDistinctVersions = distinct,
        };
    }

    private void NameProjects()
    {
        projectOf = new int[texts.Count];
        foreach (var text in content.Projects)
        {
            if (projectOf[text] != 0)
                throw new UniverseFormatException(
                    source,
                    "packages",
                    $"the project '{texts.StringOf(text)}' is listed twice"
                );
            projectNames.Add(text);
            projectOf[text] = projectNames.Count;
        }
    }

    private UniverseQuery MakeQuery(UniverseQuery query, string name)
    {
        var ids = new int[query.Root.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            var text = texts.Find(System.Text.Encoding.UTF8.GetBytes(query.Root[i]));
            ids[i] = requirementOf[text] > 0 ? requirementOf[text] - 1 : AddRequirement(text);
        }

        return query with
        {
            Name = name + query.Name,
            RootIds = ids,
        };
    }

    private void Survey(IReadOnlyList<UniverseQuery> queries)
    {
        foreach (var version in content.Versions.Distinct())
            reader.SurveyVersion(texts[version]);
        var requirements = new HashSet<int>(content.Lists.Items.ToArray());
        foreach (var root in queries.SelectMany(query => query.Root))
            requirements.Add(texts.Find(System.Text.Encoding.UTF8.GetBytes(root)));
        foreach (var requirement in requirements)
        {
            var rest = Split(texts[requirement], out _);
            while (NextAlternative(ref rest, out var all))
            {
                while (NextConjunct(ref all, out var one))
                    reader.SurveyRange(one);
            }
        }
    }

    private static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name)
    {
        text = text.Trim((byte)' ');
        var space = text.IndexOf((byte)' ');
        name = space < 0 ? text : text[..space];
        return space < 0 ? "*"u8 : text[(space + 1)..];
    }

    /// <summary>Cuts the next of several ranges joined by <c>||</c> off the front; an exhausted text is
    /// <c>default</c>.</summary>
    private static bool NextAlternative(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part) =>
        Next(ref rest, "||"u8, out part);

    private static bool NextConjunct(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part) =>
        Next(ref rest, "&&"u8, out part);

    private static bool Next(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> separator, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.IsEmpty)
            return false;
        var end = rest.IndexOf(separator);
        part = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 2)..];
        if (end >= 0 && rest.IsEmpty)
            rest = " "u8;
        return true;
    }

    private int AddRequirement(int text)
    {
        var rest = Split(texts[text], out var name);
        if (name.IsEmpty)
            throw Wrong(text, "a requirement needs a name");
        var nameText = texts.Find(name);
        if (nameText < 0)
            nameText = texts.Intern(name);
        if (nameText >= projectOf.Length)
            Array.Resize(ref projectOf, Math.Max(nameText + 1, projectOf.Length * 2));
        if (projectOf[nameText] == 0)
        {
            projectNames.Add(nameText);
            projectOf[nameText] = projectNames.Count;
        }

        // Interning the name may have moved the texts.
        rest = Split(texts[text], out _);
        while (NextAlternative(ref rest, out var all))
            AddIntersection(text, all);
        requirementTexts.Add(text);
        targets.Add(projectOf[nameText] - 1);
        intervalEnds.Add(intervals.Count);
        requirementOf[text] = requirementTexts.Count;
        return requirementTexts.Count - 1;
    }

    private void AddIntersection(int text, ReadOnlySpan<byte> all)
    {
        long from = 0,
            to = long.MaxValue;
        while (NextConjunct(ref all, out var one))
        {
            if (!reader.TryPlaceRange(one, out var low, out var high, out var reason))
                throw Wrong(text, reason);
            (from, to) = (Math.Max(from, low), Math.Min(to, high));
        }

        if (from >= to)
            return;
        intervals.Add(from);
        intervals.Add(to);
    }

    /// <summary>By name, then by text: so the order in which a file lists them does not matter.</summary>
    private void SortLists(int[] items)
    {
        var start = 0;
        var comparison = new Comparison<int>(CompareRequirements);
        foreach (var end in content.Lists.Ends)
        {
            var list = items.AsSpan(start, end - start);
            for (var i = 1; i < list.Length; i++)
            {
                if (CompareRequirements(list[i - 1], list[i]) <= 0)
                    continue;
                list.Sort(comparison);
                break;
            }

            start = end;
        }
    }

    private int CompareRequirements(int a, int b)
    {
        if (a == b)
            return 0;
        var byName =
            targets[a] == targets[b]
                ? 0
                : texts[projectNames[targets[a]]].SequenceCompareTo(texts[projectNames[targets[b]]]);
        return byName != 0 ? byName : texts[requirementTexts[a]].SequenceCompareTo(texts[requirementTexts[b]]);
    }

    /// <summary>Puts each project's candidates in ascending order.</summary>
    /// <returns>The order (null: as they stand), where each listed project begins, the places in that order, and
    /// whether they differ within each project.</returns>
    private (int[]? Order, int[] Starts, long[] Places, bool Distinct) SortCandidates(int[] items)
    {
        var places = new long[content.Versions.Count];
        var starts = new int[content.Projects.Count + 1];
        int[]? order = null;
        var distinct = true;
        for (var project = 0; project < content.Projects.Count; project++)
        {
            var (first, end) = (starts[project], content.ProjectEnds[project]);
            starts[project + 1] = end;
            var isAscending = true;
            for (var i = first; i < end; i++)
            {
                if (!reader.TryPlaceVersion(texts[content.Versions[i]], out places[i], out var reason))
                    throw new UniverseFormatException(
                        source,
                        $"packages.{texts.StringOf(content.Projects[project])}[{i - first}].version",
                        reason
                    );
                isAscending &= i == first || places[i - 1] < places[i];
            }

            if (isAscending)
                continue;
            order ??= Enumerable.Range(0, places.Length).ToArray();
            SortProject(order.AsSpan(first, end - first), places, items);
            var sorted = order.AsSpan(first, end - first).ToArray().Select(i => places[i]).ToArray();
            sorted.CopyTo(places, first);
            distinct &= sorted.Distinct().Count() == sorted.Length;
        }

        return (order, starts, places, distinct);
    }

    /// <summary>Candidates of one version are distinguished by what they require, so that their order in the file does
    /// not matter.</summary>
    private void SortProject(Span<int> order, long[] places, int[] items) =>
        order.Sort(
            (a, b) =>
            {
                var byPlace = places[a].CompareTo(places[b]);
                if (byPlace != 0)
                    return byPlace;
                var one = ListOf(a, items);
                var other = ListOf(b, items);
                for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
                {
                    var byRequirement = CompareRequirements(one[i], other[i]);
                    if (byRequirement != 0)
                        return byRequirement;
                }

                return one.Length.CompareTo(other.Length);
            }
        );

    private ReadOnlySpan<int> ListOf(int candidate, int[] items)
    {
        var list = content.Requires[candidate];
        var start = list == 0 ? 0 : content.Lists.Ends[list - 1];
        return items.AsSpan(start, content.Lists.Ends[list] - start);
    }

    private int[] CoverAllProjects(int[] starts)
    {
        var all = new int[projectNames.Count + 1];
        starts.CopyTo(all, 0);
        all.AsSpan(starts.Length).Fill(starts[^1]);
        return all;
    }

    private static int[] Permute(List<int> values, int[]? order)
    {
        if (order is null)
            return [.. values];
        var permuted = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            permuted[i] = values[order[i]];
        return permuted;
    }

    /// <summary>Finds where a requirement stands, which is not kept for a million of them.</summary>
    private UniverseFormatException Wrong(int text, string reason)
    {
        for (var project = 0; project < content.Projects.Count; project++)
        {
            var first = project == 0 ? 0 : content.ProjectEnds[project - 1];
            for (var candidate = first; candidate < content.ProjectEnds[project]; candidate++)
            {
                var at = content.Lists[content.Requires[candidate]].IndexOf(text);
                if (at >= 0)
                    return new UniverseFormatException(
                        source,
                        $"packages.{texts.StringOf(content.Projects[project])}[{candidate - first}].requires[{at}]",
                        reason
                    );
            }
        }

        return new UniverseFormatException(source, "root", reason);
    }
}
