using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
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
    /// <summary>What to add; null where a limit was reached first.</summary>
    /// <param name="problem">One for which there would be a plan if everything could be built.</param>
    /// <param name="builds">What judges its builds.</param>
    /// <param name="given">How many things were asked for.</param>
    /// <param name="asked">The builds that are asked about further up.</param>
    public static MissingList? Find(
        CandidateProblem problem,
        BuildEnvironments builds,
        int given,
        HashSet<Candidate> asked,
        PlanLimits limits,
        CancellationToken cancellation
    )
    {
        var budget = new SolveBudget(limits, cancellation);
        switch (budget.Solve(problem, trace: false))
        {
            case Outcome.Satisfiable:
                return new MissingList([], given, null);
            case Outcome.GaveUp:
                return null;
        }

        if (
            builds.Granting(() => budget.Solve(problem, trace: false))
            is not Outcome.Satisfiable { Selection: var selection }
        )
            return null;
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
            if (
                MissingProjects.Find(
                    new CandidateProblem(builds.Source, builds.RequestFor(candidate), builds),
                    asked,
                    limits,
                    cancellation
                )
                is not { } list
            )
                return null;
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
        return Explainer.Explain(problem, problem, builds.Source, limits, cancellation) is { } remaining
            ? new MissingList([], given, remaining)
            : null;
    }

    /// <summary>What an environment asks for, its build asks for.</summary>
    private static MissingProject Of(Candidate candidate, MissingProject project) =>
        project with
        {
            NeededBy =
            [
                .. project.NeededBy.Select(each =>
                    each == "you" ? $"{candidate.Name} {candidate.Version} (to be built)" : each
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
