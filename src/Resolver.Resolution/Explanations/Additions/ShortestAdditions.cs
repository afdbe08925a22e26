using Resolver.Packaging.Names;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>
/// The shortest list of projects to add so that a problem has a selection, by implicit hitting sets (Moreno-Centeno
/// and Karp, 2013): a refutation with some additions rests on the absence of others, and one of these is in every
/// list; a smallest set with a member of each of these sets is tried next.
/// </summary>
/// <remarks>What must be in every list is known first: without it, everything else that could be added does not help.
/// Often that is the whole list. Nothing here depends on the order of what is requested.</remarks>
internal sealed class ShortestAdditions
{
    /// <summary>As many are asked about together from the start; of more, each alone first.</summary>
    private const int FewRoots = 8;

    private readonly CandidateProblem problem;
    private readonly SolveBudget budget;
    private readonly Demands demands;
    private readonly HashSet<PackageName> wheels = [];
    private RootsInPlay roots;
    private ExtendedProblem extended;
    private int wheelsAdded;
    private int demandsMet;

    private ShortestAdditions(CandidateProblem problem, Demands demands, SolveBudget budget)
    {
        (this.problem, this.demands, this.budget) = (problem, demands, budget);
        extended = Extended();
        roots = new RootsInPlay(extended.Problem, extended.Roots);
    }

    /// <summary>A shortest list; null where no list would do, or a limit was reached first.</summary>
    /// <param name="problem">A problem without a selection.</param>
    /// <param name="budget">The limits.</param>
    /// <param name="known">Refutations of the problem, and of it without some facts.</param>
    /// <remarks>Only what refutations rest on can be of use: it is added as they name it, until none names
    /// more.</remarks>
    public static FoundAdditions? Of(CandidateProblem problem, SolveBudget budget, IEnumerable<Refutation> known)
    {
        try
        {
            var search = new ShortestAdditions(problem, new DemandsOfRefutations(problem, known), budget);

            while (true)
            {
                var found = search.Possible(out _) is { } some ? search.Shortest(some) : null;
                if (search.HaveDemandsGrown)
                    search.AddAgain();
                else if (found is not null || !search.AddWheels())
                    return found;
            }
        }
        catch (SolveStopped)
        {
            return null;
        }
    }

    /// <summary>A shortest list for as much of what is requested as any additions make possible.</summary>
    /// <exception cref="SolveStopped">A limit was reached.</exception>
    public static FoundAdditions OfTheRest(CandidateProblem problem, SolveBudget budget)
    {
        var search = new ShortestAdditions(problem, new RequiredProjects(problem), budget);
        search.Begin();
        Outcome? known = null;
        while (true)
        {
            // Where everything that could be added does not help, less does not.
            var refutation = (known as Outcome.Unsatisfiable)?.Refutation;
            if (refutation is null && search.Possible(out refutation) is not null)
            {
                search.roots.TakeBack(search.extended, search.All(withOthers: true));
                return search.Shortest(search.Possible(out _)!.Value);
            }
            known = null;
            if (!search.NeedsWheels(refutation!) && search.wheels.Count == search.wheelsAdded)
                known = search.roots.GiveUp(
                    refutation!,
                    search.extended,
                    search.All(withOthers: true),
                    search.NeedsWheels
                );
            if (search.AddWheels())
            {
                known = null;
                search.Begin();
            }
        }
    }

    /// <summary>Gives up what is seen without a search to be impossible.</summary>
    private void Begin()
    {
        roots.GiveUpOlderVersions();
        roots.GiveUpAtOdds(extended);
    }

    private bool HaveDemandsGrown => demands.Count > demandsMet;

    /// <summary>Additions with which there is a selection, and the selection: without other versions of what is there,
    /// if that is possible; null where nothing helps, or more has to be added first.</summary>
    private (HashSet<AdditionGroup> All, Selection Selection)? Possible(out Refutation? refutation)
    {
        for (var withOthers = false; ; withOthers = true)
        {
            var all = All(withOthers);
            var outcome = extended.Solve(all, roots.Requested);
            refutation = (outcome as Outcome.Unsatisfiable)?.Refutation;
            if (outcome is Outcome.Satisfiable { Selection: var selection })
                return (all, selection);
            if (NeedsWheels(refutation!) || withOthers || HaveDemandsGrown)
                return null;
        }
    }

    private HashSet<AdditionGroup> All(bool withOthers) =>
        [
            .. extended
                .Additions.Select(each => each.Group)
                .Where(each => withOthers || each.Kind != AdditionKind.Another),
        ];

    /// <summary>Whether it rests on build dependency cycles that a wheel of one of their members might break, which is
    /// not among the additions yet.</summary>
    private bool NeedsWheels(Refutation refutation)
    {
        var needed = refutation
            .Axioms.OfType<Axiom.Theory>()
            .Select(each => each.Nogood.Certificate)
            .OfType<BuildCycle>()
            .SelectMany(each => each.Edges)
            .Where(each => extended.Problem.IsBuildRequirement(each.Requirement))
            .Select(each => extended.Problem.NameOf(each.Source))
            .ToList();
        var before = wheels.Count;
        wheels.UnionWith(needed);
        return wheels.Count > before;
    }

    /// <summary>Makes the problem again where there are further wheels to add: then nothing is given up yet.</summary>
    private bool AddWheels()
    {
        if (wheels.Count == wheelsAdded)
            return false;
        AddAgain();
        return true;
    }

    private void AddAgain()
    {
        extended = Extended();
        roots = new RootsInPlay(extended.Problem, extended.Roots);
    }

    private ExtendedProblem Extended()
    {
        (wheelsAdded, demandsMet) = (wheels.Count, demands.Count);
        return new ExtendedProblem(problem, AdditionCatalogue.Of(problem, demands, wheels), demands, budget);
    }

    private FoundAdditions Shortest((HashSet<AdditionGroup> All, Selection Selection) possible)
    {
        var (all, first) = possible;
        var areFew = roots.Requested.Count <= FewRoots;
        var necessary = areFew ? [.. Necessary(all, first, roots.Requested, [])] : NecessaryForOne(all);
        if (Taken(first).All(necessary.Contains))
            return Found(first);
        var widened = areFew;
        var cuts = necessary.Select(IReadOnlyList<AdditionGroup> (each) => [each]).ToList();
        for (var list = necessary; ; list = [.. new HittingSet(cuts, budget.ThrowIfOver).Find()])
        {
            switch (extended.Solve(list, roots.Requested))
            {
                case Outcome.Satisfiable { Selection: var selection }:
                    return Found(selection);
                case Outcome.Unsatisfiable when !widened:
                    widened = true;
                    cuts.AddRange(
                        Necessary(all, first, roots.Requested, necessary)
                            .Select(IReadOnlyList<AdditionGroup> (each) => [each])
                    );
                    break;
                case Outcome.Unsatisfiable { Refutation: { } refutation }:
                    cuts.Add(Cut(all, Lacking(all, refutation)));
                    break;
            }
        }
    }

    private FoundAdditions Found(Selection selection) =>
        new(extended, selection, extended.Taken(selection), roots.GivenUp);

    /// <summary>What one of the roots alone cannot be had without. Each is a question about what this root reaches,
    /// not about everything.</summary>
    private HashSet<AdditionGroup> NecessaryForOne(HashSet<AdditionGroup> all)
    {
        var necessary = new HashSet<AdditionGroup>();
        foreach (var root in roots.Requested.Order(StringComparer.Ordinal))
        {
            var alone = new HashSet<string> { root };
            if (Solve(all, alone) is { } selection)
                necessary.UnionWith(Necessary(all, selection, alone, necessary));
        }
        return necessary;
    }

    /// <summary>What the roots cannot be had without, besides what is known to be necessary.</summary>
    /// <param name="with">A selection for these roots: what it does not take is not necessary.</param>
    private List<AdditionGroup> Necessary(
        HashSet<AdditionGroup> all,
        Selection with,
        IReadOnlySet<string> requested,
        HashSet<AdditionGroup> known
    ) => [.. Taken(with).Where(each => !known.Contains(each) && Solve(Without(all, each), requested) is null)];

    private IEnumerable<AdditionGroup> Taken(Selection selection) =>
        extended.Taken(selection).Select(each => each.Group);

    /// <summary>Fewer of them, so that still one of them is in every list.</summary>
    /// <param name="lacking">Without all of these, nothing else that could be added helps.</param>
    private List<AdditionGroup> Cut(HashSet<AdditionGroup> all, HashSet<AdditionGroup> lacking)
    {
        var needed = new List<AdditionGroup>();
        while (lacking.Order().Cast<AdditionGroup?>().FirstOrDefault() is { } spared)
        {
            lacking.Remove(spared);
            if (lacking.Count + needed.Count == 0)
                return [spared];
            var tried = all.Where(each => !lacking.Contains(each) && !needed.Contains(each)).ToHashSet();
            switch (extended.Solve(tried, roots.Requested))
            {
                case Outcome.Unsatisfiable { Refutation: { } refutation }:
                    lacking.IntersectWith(Lacking(all, refutation));
                    break;
                default:
                    needed.Add(spared);
                    break;
            }
        }
        return needed;
    }

    private HashSet<AdditionGroup> Lacking(HashSet<AdditionGroup> all, Refutation refutation) =>
        [.. extended.Lacking(refutation).Where(all.Contains)];

    private Selection? Solve(IReadOnlySet<AdditionGroup> allowed, IReadOnlySet<string> requested) =>
        (extended.Solve(allowed, requested) as Outcome.Satisfiable)?.Selection;

    private static HashSet<AdditionGroup> Without(HashSet<AdditionGroup> all, AdditionGroup one) =>
        [.. all.Where(each => each != one)];
}
