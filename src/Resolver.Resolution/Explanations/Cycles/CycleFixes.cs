using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>Fixes of a request that only build dependency cycles make impossible.</summary>
internal static class CycleFixes
{
    private const int MostWheels = 3;
    private const int MostWaivers = 2;

    /// <summary>Wheels to add, then build requirements to waive; empty where more than cycles is in the way.</summary>
    public static IReadOnlyList<IReadOnlyList<FixAction>> Find(CandidateProblem problem, SolveBudget budget)
    {
        if (problem.Builds is not null || UnorderedSelection.Find(problem, budget) is not var (selection, cycles))
            return [];
        var breaks = new CycleBreaks(problem, problem, selection, cycles, budget);
        return
        [
            .. breaks.Wheels(MostWheels).Select(set => (IReadOnlyList<FixAction>)[.. set.Select(Added)]),
            .. breaks.Waivers(MostWaivers).Select(set => (IReadOnlyList<FixAction>)[.. set.Select(Waived)]),
        ];
    }

    /// <summary>The imperative for wheels that are added together.</summary>
    public static string TextOf(IReadOnlyList<Candidate> wheels) =>
        $"add {Listing.And([.. wheels.Select(each => $"{each.Name} {each.Version}")])} to the archive as "
        + $"{(wheels.Count == 1 ? "a wheel, or install it first" : "wheels, or install them first")}";

    /// <summary>The imperative for requirements that are waived together.</summary>
    public static string TextOf(IReadOnlyList<AmendedRequirement> waivers) =>
        $"waive {Listing.And([.. waivers.Select(each => $"{each.Written} for building {each.Project} {each.Versions[0]}")])} (only if {(waivers.Count == 1 ? "it builds without it" : "they build without them")})";

    private static FixAction Added(Candidate wheel) =>
        new("add", $"{wheel.Name}=={wheel.Version}")
        {
            Text = TextOf([wheel]),
            Kind = "wheel",
            Change = new Change.AddWheel(wheel),
        };

    private static FixAction Waived(AmendedRequirement waived) =>
        new("waive", $"{waived.Project} {waived.Versions[0]}: {waived.Written}")
        {
            Text = TextOf([waived]),
            Change = new Change.Relax(waived),
        };
}
