namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A guess at many roots that can be had together, as far as arc consistency tells, with everything that could
/// be added there: one after the other, first what most of them require. Of what excludes several of the others, the
/// others are kept.</summary>
/// <param name="extended">The problem with all additions.</param>
internal sealed class SparingRoots(ExtendedProblem extended)
{
    /// <summary>What excludes as many of the others goes itself.</summary>
    private const int Several = 3;

    private readonly RequestedTogether together = new(extended);
    private readonly HashSet<string> excluded = [];
    private HashSet<string> open = [];

    /// <summary>The roots that are passed over, in the order given.</summary>
    public IReadOnlyList<string> PassedOver(IReadOnlyList<string> roots)
    {
        open = [.. roots];
        excluded.UnionWith(roots.Where(each => !together.CanBeHad(each)));
        foreach (var root in roots.OrderByDescending(extended.RequirersOf))
        {
            open.Remove(root);
            if (excluded.Contains(root) || !IsTaken(root))
                excluded.Add(root);
        }
        return [.. roots.Where(excluded.Contains)];
    }

    private bool IsTaken(string root)
    {
        var mark = together.Mark;
        if (!together.TakeIn(root))
            return false;
        var others = together
            .RemovedSince(mark)
            .Distinct()
            .SelectMany(extended.On)
            .Where(each => open.Contains(each) && !excluded.Contains(each) && !together.CanBeHad(each))
            .ToList();
        if (others.Count >= Several)
        {
            together.UndoTo(mark);
            return false;
        }
        excluded.UnionWith(others);
        return true;
    }
}
