using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Asks one after the other of the roots that were given up whether it can be had together with what is
/// requested.</summary>
/// <remarks>Arc consistency, which starts from what is requested, refuses nearly all that cannot be had. As long as
/// it sees nothing against them, many are asked about by one search; half as many where the search says no.</remarks>
/// <param name="extended">The problem with all additions.</param>
/// <param name="additions">All of them.</param>
/// <param name="requested">What can be had together; what is taken back joins it.</param>
internal sealed class RootsTakenBack(
    ExtendedProblem extended,
    IReadOnlySet<AdditionGroup> additions,
    HashSet<string> requested
)
{
    /// <summary>How many of the requested roots around a refused one a refutation looks at first: of several reasons
    /// the first one found is reported, and that is a short one.</summary>
    private const int MostNear = 50;

    private readonly RequestedTogether together = new(extended);
    private readonly MinimalRoots minimal = new(extended, additions);
    private readonly List<GivenUpRoot> givenUp = [];

    /// <summary>Takes back what can be had.</summary>
    /// <param name="roots">In the order in which they are asked about.</param>
    /// <returns>The others, each with why not.</returns>
    public IReadOnlyList<GivenUpRoot> Of(IReadOnlyList<string> roots)
    {
        foreach (var root in extended.InOrder(requested))
            together.TakeIn(root, out _);
        var count = roots.Count;
        for (var at = 0; at < roots.Count;)
        {
            count = Math.Min(count, roots.Count - at);
            if (Ask([.. roots.Skip(at).Take(count)]))
                (at, count) = (at + count, 2 * count);
            else
                count = (count + 1) / 2;
        }
        return givenUp;
    }

    /// <returns>Whether it is settled of each of them; of one alone it always is.</returns>
    private bool Ask(List<string> roots)
    {
        var mark = together.Mark;
        var taken = new List<string>();
        var refused = new List<(string Root, IReadOnlyList<string>? Among)>();
        foreach (var root in roots)
        {
            // Of two versions of one project only one can be had, whatever else there is to say.
            if (extended.On(root).FirstOrDefault(requested.Contains) is { } other && extended.AreGiven(root, other))
                givenUp.Add(new GivenUpRoot(root, extended.InOrder([root, other])));
            else if (together.TakeIn(root, out var among))
                taken.Add(root);
            else
                refused.Add((root, among));
        }
        if (taken.Count > 0 && minimal.Refute(requested.Concat(taken)) is { } refutation)
        {
            together.UndoTo(mark);
            if (roots.Count > 1)
                return false;
            GiveUp(roots[0], refutation);
            return true;
        }
        requested.UnionWith(taken);
        foreach (var (root, among) in refused)
            GiveUp(
                root,
                (among is null ? null : minimal.Refute(among.Concat(extended.Near(root, requested, MostNear))))
                    ?? minimal.Refute(requested.Append(root))
                    ?? throw new InvalidOperationException(
                        $"{root} can be had, and arc consistency says that it cannot"
                    )
            );
        return true;
    }

    private void GiveUp(string root, Refutation refutation) =>
        givenUp.Add(new GivenUpRoot(root, minimal.Of(ref refutation, _ => false)!));
}
