namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A cheapest set with a member in each of some sets: as few <see cref="AdditionKind.Another"/> as possible,
/// then as few members as possible; of two, what is missing before what would help as a wheel, then by
/// name.</summary>
/// <param name="sets">None of them empty.</param>
/// <param name="check">Called at each step; throws where a limit is reached.</param>
internal sealed class HittingSet(IReadOnlyList<IReadOnlyList<AdditionGroup>> sets, Action check)
{
    private readonly List<IReadOnlyList<AdditionGroup>> sets = [.. sets.OrderBy(each => each.Count)];
    private readonly List<AdditionGroup> chosen = [];

    /// <summary>The set.</summary>
    public IReadOnlyList<AdditionGroup> Find()
    {
        for (var others = 0; ; others++)
        {
            if (!Hit(others, int.MaxValue))
                continue;
            chosen.Clear();
            for (var size = 0; ; size++)
            {
                if (Hit(others, size))
                    return [.. chosen.Order()];
            }
        }
    }

    private bool Hit(int others, int left)
    {
        check();
        var open = sets.FindAll(each => !each.Any(chosen.Contains));
        if (open.Count == 0)
            return true;
        if (left < int.MaxValue && Disjoint(open) > left + (long)others)
            return false;
        foreach (var member in open[0].OrderBy(each => each.Kind).ThenBy(each => each))
        {
            var isOther = member.Kind == AdditionKind.Another;
            if ((isOther ? others : left) == 0)
                continue;
            chosen.Add(member);
            if (isOther ? Hit(others - 1, left) : Hit(others, left == int.MaxValue ? left : left - 1))
                return true;
            chosen.RemoveAt(chosen.Count - 1);
        }
        return false;
    }

    /// <summary>Sets that share no member: each takes one of its own.</summary>
    private static int Disjoint(List<IReadOnlyList<AdditionGroup>> open)
    {
        var (count, met) = (0, new HashSet<AdditionGroup>());
        foreach (var each in open.Where(each => !each.Any(met.Contains)))
        {
            met.UnionWith(each);
            count++;
        }
        return count;
    }
}
