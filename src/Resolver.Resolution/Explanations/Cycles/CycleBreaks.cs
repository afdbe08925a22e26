using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>Wheels to add, or build requirements to waive, after which build dependency cycles are broken: one of them,
/// two, or as many as it takes. Each set was solved again.</summary>
/// <remarks>A wheel that is added is of the version that the cycle builds, and requires what that does at run time:
/// where this alone keeps the cycle closed, the wheel does not break it.</remarks>
/// <param name="question">What is asked once the cycles are broken.</param>
/// <param name="problem">The problem in which the cycles were found.</param>
/// <param name="selection">What it selects where builds need no order.</param>
/// <param name="cycles">Cycles of that selection.</param>
/// <param name="theory">Which cycles of a problem count; null: all.</param>
internal sealed class CycleBreaks(
    CandidateProblem question,
    CandidateProblem problem,
    IReadOnlyList<int> selection,
    IReadOnlyList<BuildCycle> cycles,
    SolveBudget budget,
    Func<CandidateProblem, ISelectionTheory>? theory = null
)
{
    /// <summary>Projects and build requirements of which any are tried: more of them make too many pairs.</summary>
    private const int MostTried = 12;

    /// <summary>Pairs that are tried, a solve each.</summary>
    private const int MostPairs = 24;

    /// <summary>A set that is larger is no advice.</summary>
    private const int MostTogether = 16;

    /// <summary>Sets of wheels, smallest first; none contains another.</summary>
    /// <param name="most">How many sets at most.</param>
    public IReadOnlyList<IReadOnlyList<Candidate>> Wheels(int most) =>
        Sets(
            [.. ByShare(edge => edge.Source).Select(WheelOf)],
            (wheel, edge) => problem.NameOf(edge.Source) == wheel.Name,
            wheels => IsPossible(new SourceWithMore(question.Source, wheels), question.Request, wheels),
            most
        );

    /// <summary>Sets of build requirements, smallest first; none contains another.</summary>
    /// <param name="most">How many sets at most.</param>
    public IReadOnlyList<IReadOnlyList<AmendedRequirement>> Waivers(int most) =>
        Sets(
            [.. ByShare(edge => edge).Select(Waived)],
            (waived, edge) =>
                waived.Project == problem.NameOf(edge.Source)
                && waived.Written.Equals(problem.RequirementOf(edge.Requirement)),
            waivers =>
                IsPossible(
                    question.Source,
                    question.Request with
                    {
                        Amendments = [.. question.Request.Amendments, .. waivers],
                    },
                    []
                ),
            most
        );

    /// <summary>What builds have in the cycles, what most cycles share first.</summary>
    private IEnumerable<T> ByShare<T>(Func<BuildEdge, T> key)
        where T : notnull =>
        cycles
            .SelectMany(cycle => BuildEdges(cycle).Select(key).Distinct())
            .GroupBy(each => each)
            .OrderByDescending(group => group.Count())
            .Select(group => group.Key)
            .Take(MostTried);

    private IEnumerable<BuildEdge> BuildEdges(BuildCycle cycle) =>
        cycle.Edges.Where(edge => problem.IsBuildRequirement(edge.Requirement));

    private Candidate WheelOf(VariableId built)
    {
        var source = Selected(built);
        return HypotheticalWheel.Of(source, $"not there: add {source.Name} {source.Version} as a wheel first");
    }

    private AmendedRequirement Waived(BuildEdge edge)
    {
        var source = Selected(edge.Source);
        return new AmendedRequirement(
            source.Name,
            [source.Version],
            problem.RequirementOf(edge.Requirement),
            Role.Build,
            null
        );
    }

    private Candidate Selected(VariableId project) => problem.CandidatesOf(project)[selection[project.Index]];

    private List<IReadOnlyList<T>> Sets<T>(
        List<T> parts,
        Func<T, BuildEdge, bool> isOn,
        Func<IReadOnlyList<T>, bool> isEnough,
        int most
    )
    {
        var sets = new List<IReadOnlyList<T>>();
        foreach (var part in parts.Where(each => Covers([each])).TakeWhile(_ => sets.Count < most))
        {
            if (isEnough([part]))
                sets.Add([part]);
        }
        var open = parts.FindAll(part => !sets.Exists(set => set.Contains(part)));
        var pairs = open.SelectMany((one, i) => open.Skip(i + 1).Select(T[] (other) => [one, other]));
        foreach (var pair in pairs.Where(Covers).Take(MostPairs).TakeWhile(_ => sets.Count < most))
        {
            if (isEnough(pair))
                sets.Add(pair);
        }
        if (sets.Count == 0 && parts.Count is > 2 and <= MostTogether && isEnough(parts))
            sets.Add(Reduced(parts, isEnough));
        return sets;

        bool Covers(IReadOnlyList<T> set) =>
            cycles.All(cycle => BuildEdges(cycle).Any(edge => set.Any(part => isOn(part, edge))));
    }

    /// <summary>The set without what it does not need.</summary>
    private static List<T> Reduced<T>(List<T> set, Func<IReadOnlyList<T>, bool> isEnough)
    {
        var needed = new List<T>(set);
        foreach (var part in Enumerable.Reverse(set))
        {
            var fewer = needed.FindAll(each => !ReferenceEquals(each, part));
            if (isEnough(fewer))
                needed = fewer;
        }
        return needed;
    }

    private bool IsPossible(ICandidateSource source, PlanRequest request, IReadOnlyList<Candidate> wheels)
    {
        var remade = question.Remade(source, request, added: wheels);
        return budget.IsSatisfiable(theory is null ? remade : new WithTheory(remade, theory(remade)));
    }
}
