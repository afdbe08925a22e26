using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Missing;

/// <summary>
/// What is missing for builds that are apart: where the plan lacks nothing but builds, the best plan there would be
/// with them is taken, and for each of its builds that cannot be had the question is asked again, of its environment.
/// Each of these lists is a shortest one; that there is no shorter one for another plan is not claimed.
/// </summary>
internal static class MissingForBuilds
{
    /// <summary>What to add.</summary>
    /// <param name="problem">One for which there would be a plan if everything could be built.</param>
    /// <param name="builds">What judges its builds.</param>
    /// <param name="given">How many things were requested.</param>
    /// <param name="asked">The builds that are asked about further up.</param>
    /// <param name="budget">The limits of the whole question.</param>
    /// <exception cref="SolveStopped">A limit was reached.</exception>
    public static MissingList Find(
        CandidateProblem problem,
        BuildEnvironments builds,
        int given,
        HashSet<Candidate> asked,
        SolveBudget budget
    )
    {
        if (Solve(problem, budget) is not null)
            return new MissingList([], given, null);
        var selection =
            builds.Granting(() => Solve(problem, budget))
            ?? throw new InvalidOperationException("builds are not all that is missing");
        var missing = new List<MissingProject>();
        foreach (
            var candidate in selection
                .Order.Where(each => problem.CandidatesOf(each).Count > 0)
                .Select(each => problem.CandidatesOf(each)[selection[each]])
                .OrderBy(each => each.Name)
        )
        {
            if (builds.WhyNot(candidate) is null || !asked.Add(candidate))
                continue;
            var list = MissingProjects.Find(
                new CandidateProblem(builds.Source, builds.RequestFor(candidate), builds),
                asked,
                budget
            );
            foreach (var project in list.Projects.Select(each => Of(candidate, each)))
            {
                // Builds that are apart may take two versions of one project: then each has its line.
                var at = missing.FindIndex(known =>
                    known.Name == project.Name
                    && SpecifierSet.TryParse(string.Join(',', known.Wanted.Union(project.Wanted)))
                        is { Success: true, Value: { IsUnsatisfiable: false, Ranges.IsEmpty: false } }
                );
                if (at < 0)
                    missing.Add(project);
                else
                    missing[at] = Merged(missing[at], project);
            }
        }

        if (missing.Count > 0)
            return new MissingList([.. missing.OrderBy(each => each.Name, StringComparer.Ordinal)], given, null);
        return Explainer.Explain(problem, problem, builds.Source, budget.Limits, budget.Cancellation) is { } remaining
            ? new MissingList([], given, remaining)
            : throw new SolveStopped(LimitReached.Timeout);
    }

    private static Selection? Solve(CandidateProblem problem, SolveBudget budget) =>
        budget.Solve(problem, trace: false) switch
        {
            Outcome.Satisfiable { Selection: var selection } => selection,
            Outcome.GaveUp gaveUp => throw new SolveStopped(gaveUp.Limit),
            _ => null,
        };

    /// <summary>What an environment asks for, its build asks for.</summary>
    private static MissingProject Of(Candidate candidate, MissingProject project) =>
        project with
        {
            NeededBy =
            [
                .. project.NeededBy.Select(each =>
                    each == MissingProject.Request ? $"{candidate.Name} {candidate.Version} (to be built)" : each
                ),
            ],
            Unblocks = 0,
        };

    private static MissingProject Merged(MissingProject one, MissingProject other) =>
        one with
        {
            Wanted = [.. one.Wanted.Union(other.Wanted).Order(StringComparer.Ordinal)],
            NeededBy = [.. one.NeededBy.Union(other.NeededBy).Order(StringComparer.Ordinal)],
        };
}
