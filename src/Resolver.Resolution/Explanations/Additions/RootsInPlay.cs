using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>What is requested and can be had, as far as that is known. What cannot be had together, whatever is added,
/// is given up one by one.</summary>
internal sealed class RootsInPlay
{
    /// <summary>Roots of a conflict that are tried, each by a solve, before the first of the order is given
    /// up.</summary>
    private const int MostTried = 4;

    private readonly CandidateProblem problem;
    private readonly Dictionary<string, VariableId> targets;
    private readonly HashSet<string> requested;
    private readonly List<GivenUpRoot> givenUp = [];
    private readonly List<string> passedOver = [];

    /// <param name="problem">The problem.</param>
    /// <param name="roots">What is requested, by name; of a project that is given in several versions, the oldest
    /// first.</param>
    public RootsInPlay(CandidateProblem problem, IReadOnlyList<string> roots)
    {
        this.problem = problem;
        requested = [.. roots];
        targets = problem
            .Roots.ToArray()
            .Where(id => problem.RoleOf(id) == Role.Root && !problem.ActivatesExtra(id))
            .DistinctBy(problem.TextOf)
            .ToDictionary(problem.TextOf, problem.Target);
    }

    /// <summary>What is not given up.</summary>
    public IReadOnlySet<string> Requested => requested;

    /// <summary>What is given up, in the order it was.</summary>
    public IReadOnlyList<GivenUpRoot> GivenUp => givenUp;

    /// <summary>Of a project that is given in several versions, only one can be had: the newest, if it can.</summary>
    public void GiveUpOlderVersions()
    {
        var given = problem
            .Roots.ToArray()
            .Where(problem.IsGiven)
            .Select(problem.TextOf)
            .Distinct()
            .GroupBy(each => targets[each]);
        foreach (var versions in given.Select(each => each.ToList()).Where(each => each.Count > 1))
        {
            foreach (var each in versions[..^1].AsEnumerable().Reverse())
                GiveUp(each, [each, versions[^1]]);
        }
    }

    /// <summary>Gives up what arc consistency sees that cannot be had beside the others, or that excludes several of
    /// them. Why, is asked when it is asked whether it can be taken back.</summary>
    public void GiveUpAtOdds(ExtendedProblem extended)
    {
        foreach (var each in new SparingRoots(extended).PassedOver(extended.InOrder(requested)))
        {
            requested.Remove(each);
            passedOver.Add(each);
        }
    }

    /// <summary>Gives up one of the roots that cannot be had together.</summary>
    /// <param name="refutation">Shows that they cannot, whatever is added.</param>
    /// <param name="extended">The problem with all additions.</param>
    /// <param name="additions">All of them.</param>
    /// <param name="isPreliminary">Whether a refutation would not hold if more could be added: then nothing is given
    /// up.</param>
    /// <returns>What the search says of those that are left; null where nothing is given up.</returns>
    public Outcome? GiveUp(
        Refutation refutation,
        ExtendedProblem extended,
        IReadOnlySet<AdditionGroup> additions,
        Func<Refutation, bool> isPreliminary
    )
    {
        if (new MinimalRoots(extended, additions).Of(ref refutation, isPreliminary) is not { } among)
            return null;
        var order = Order(among, refutation, extended);
        var chosen = order[0];
        Outcome? ofTheRest = null;
        foreach (var each in order.Take(MostTried))
        {
            var rest = extended.Solve(additions, requested.Where(other => other != each).ToHashSet());
            if (each == chosen)
                ofTheRest = rest;
            if (
                rest is not Outcome.Unsatisfiable { Refutation: { } other }
                || !extended.RootsOf(other).Intersect(among).Any()
            )
            {
                (chosen, ofTheRest) = (each, rest);
                break;
            }
        }
        GiveUp(chosen, among);
        return ofTheRest;
    }

    /// <summary>Requests again what was given up only because of something that was given up later: last what most
    /// others require, which may exclude many.</summary>
    /// <param name="extended">The problem with all additions.</param>
    /// <param name="additions">All of them.</param>
    public void TakeBack(ExtendedProblem extended, IReadOnlySet<AdditionGroup> additions)
    {
        List<string> open =
        [
            .. passedOver,
            .. givenUp.Where(each => !IsUpToDate(each)).Select(each => each.Requirement),
        ];
        passedOver.Clear();
        if (open.Count == 0)
            return;
        givenUp.RemoveAll(each => !IsUpToDate(each));
        givenUp.AddRange(
            new RootsTakenBack(extended, additions, requested).Of([.. open.OrderBy(extended.RequirersOf)])
        );
    }

    private bool IsUpToDate(GivenUpRoot root) =>
        root.Among.All(each => each == root.Requirement || requested.Contains(each));

    private void GiveUp(string root, IReadOnlyList<string> among)
    {
        requested.Remove(root);
        givenUp.Add(new GivenUpRoot(root, among));
    }

    /// <summary>What nothing else of the conflict requires goes first, then what is last by name; of two versions of
    /// one project, the older.</summary>
    private List<string> Order(List<string> among, Refutation refutation, ExtendedProblem extended)
    {
        var required = refutation
            .Axioms.OfType<Axiom.Requirement>()
            .Where(each => each.Source is not null)
            .Select(each => extended.Problem.Target(each.Id))
            .Select(extended.Problem.NameOf)
            .ToHashSet();
        return
        [
            .. extended
                .InOrder(among)
                .GroupBy(each => targets[each])
                .Reverse()
                .OrderBy(each => required.Contains(problem.NameOf(each.Key)))
                .SelectMany(each => each),
        ];
    }
}
