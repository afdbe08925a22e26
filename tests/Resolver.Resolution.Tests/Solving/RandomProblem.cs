using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>Small dense problems with everything that a problem may hold.</summary>
public static class RandomProblem
{
    public static TableProblem Of(int seed, bool withExclusions = false, bool withTheory = false, int most = 6)
    {
        var random = new Random(seed);
        var problem = new TableProblem();
        var projects = Enumerable
            .Range(0, random.Next(Math.Max(1, most / 2), most + 1))
            .Select(_ => problem.Project(random.Next(20) == 0 ? 0 : random.Next(2, 6)))
            .ToArray();
        var extras = projects.ToDictionary(
            project => project,
            _ => Enumerable.Range(0, random.Next(4) == 0 ? random.Next(1, 3) : 0).Select(_ => problem.Extra()).ToArray()
        );
        foreach (var project in projects)
        {
            var count = problem.CandidateCount(project);
            if (count > 0 && random.Next(6) == 0)
                problem.Bar(project, random.Next(count));
            if (random.Next(4) == 0)
                problem.Prefer(project, [.. Enumerable.Range(0, count).OrderBy(_ => random.Next())]);
            Fill(random, problem, projects, extras, project, withExclusions);
        }

        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var target = projects[random.Next(projects.Length)];
            problem.Root(AnyOf(random, problem, target, random.Next(8) == 0));
            if (extras[target].Length > 0 && random.Next(2) == 0)
                problem.Root(problem.Require(extras[target][0], 0));
        }

        if (withTheory)
            problem.Judge = new Quarrel(random.Next(2, 5));
        return problem;
    }

    private static void Fill(
        Random random,
        TableProblem problem,
        VariableId[] projects,
        Dictionary<VariableId, VariableId[]> extras,
        VariableId project,
        bool withExclusions
    )
    {
        // Requirements are drawn for stretches of neighbours, so that there are runs to find.
        for (var i = projects.Length > 6 ? random.Next(3, 12) : random.Next(0, 8); i > 0; i--)
        {
            var target = projects[random.Next(projects.Length)];
            var requirement = AnyOf(
                random,
                problem,
                target,
                random.Next(6) == 0,
                Conditions(random, extras[project], withExclusions)
            );
            var activates =
                extras[target].Length > 0 && random.Next(2) == 0
                    ? problem.Require(extras[target][random.Next(extras[target].Length)], 0)
                    : default(RequirementId?);
            var first = random.Next(Math.Max(1, problem.CandidateCount(project)));
            for (var candidate = first; candidate < problem.CandidateCount(project) && random.Next(3) > 0; candidate++)
            {
                problem.Demand(project, candidate, requirement);
                if (activates is { } extra)
                    problem.Demand(project, candidate, extra);
            }
        }
    }

    private static ExtraCondition[] Conditions(Random random, VariableId[] extras, bool withExclusions) =>
        extras.Length == 0 || random.Next(3) > 0
            ? []
            :
            [
                .. extras
                    .Where(_ => random.Next(2) == 0)
                    .Select(extra => new ExtraCondition(extra, !withExclusions || random.Next(2) == 0)),
            ];

    private static RequirementId AnyOf(
        Random random,
        TableProblem problem,
        VariableId target,
        bool allowsAbsence,
        params ExtraCondition[] conditions
    ) =>
        problem.Require(
            target,
            [.. Enumerable.Range(0, problem.CandidateCount(target)).Where(_ => random.Next(2) == 0)],
            allowsAbsence,
            conditions
        );

    /// <summary>Refuses selections in which two neighbours by number take the same odd candidate.</summary>
    private sealed class Quarrel(int modulus) : ISelectionTheory
    {
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
        {
            var nogoods = new List<SelectionNogood>();
            for (var i = 1; i < selection.Length; i++)
            {
                if (selection[i] >= 0 && selection[i - 1] >= 0 && (selection[i] + selection[i - 1] + i) % modulus == 0)
                    nogoods.Add(
                        new SelectionNogood(
                            [
                                new SelectionTerm(new(i - 1), [selection[i - 1]]),
                                new SelectionTerm(new(i), [selection[i]]),
                            ],
                            "quarrel"
                        )
                    );
            }

            return nogoods;
        }
    }
}
