using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Missing;

/// <summary>The shortest list of projects to add (<c>resolver missing</c>): <see cref="ShortestAdditions"/>, told with
/// who requires what, and why the rest is beyond help.</summary>
/// <remarks>
/// Closed under what is known: where the archive has the missing version for another Python or platform, what that
/// file requires is what the right one will require. What is there is not listed in another version, unless nothing
/// else helps: that it would require less is a hope.
/// </remarks>
public static class MissingProjects
{
    /// <summary>What to add; null where a limit was reached first.</summary>
    public static MissingList? Find(
        ICandidateSource source,
        PlanRequest request,
        PlanLimits limits,
        CancellationToken cancellation = default
    ) => Find(RequestedProblem.Of(source, request), limits, cancellation);

    /// <summary>What to add so that the problem has a plan; null where a limit was reached first.</summary>
    public static MissingList? Find(
        CandidateProblem problem,
        PlanLimits limits,
        CancellationToken cancellation = default
    )
    {
        try
        {
            return Find(problem, [], new SolveBudget(limits, cancellation));
        }
        catch (SolveStopped)
        {
            return null;
        }
    }

    /// <param name="asked">Builds whose environments are asked about further up.</param>
    /// <exception cref="SolveStopped">A limit was reached.</exception>
    internal static MissingList Find(CandidateProblem problem, HashSet<Candidate> asked, SolveBudget budget)
    {
        if (BuildEnvironments.JudgeOf(problem) is not { } builds)
            return FindBeside(problem, budget);
        // Isolated builds are taken for granted first: what they lack is a question of its own, of what can be had
        // but for them.
        var list = builds.Granting(() => FindBeside(problem, budget));
        if (list is not { Projects.Count: 0, Remaining: null })
            return list;
        var rest = problem.Remade(
            builds.Source,
            problem.Request with
            {
                Roots = Without(problem.Request.Roots, list.BeyondHelp),
            },
            builds: builds,
            without: list.BeyondHelp.Select(each => each.Requirement).ToHashSet()
        );
        return MissingForBuilds.Find(rest, builds, list.Given, asked, budget) with { BeyondHelp = list.BeyondHelp };
    }

    private static IReadOnlyList<Requirement> Without(
        IReadOnlyList<Requirement> roots,
        IReadOnlyList<BeyondHelp> beyondHelp
    ) => [.. roots.Where(root => !beyondHelp.Any(each => each.Requirement == root.ToString()))];

    private static MissingList FindBeside(CandidateProblem problem, SolveBudget budget)
    {
        var found = ShortestAdditions.OfTheRest(problem, budget);
        var given = problem
            .Roots.ToArray()
            .Where(id => problem.RoleOf(id) == Role.Root && !problem.ActivatesExtra(id))
            .Select(each => problem.WrittenOf(each).ToString())
            .ToList();
        var order = new Dictionary<string, int>();
        foreach (var each in given)
            order.TryAdd(each, order.Count);
        var reasons = new BeyondHelpReasons(problem, found.Problem, budget);
        var beyondHelp = found
            .GivenUp.SelectMany(reasons.Tell)
            .OrderBy(each => order.GetValueOrDefault(each.Requirement, -1))
            .ToList();
        // The one reason that there is.
        if (found.Added.Count == 0 && beyondHelp.Count == 1)
            return new MissingList(
                [],
                given.Count,
                Explainer.Explain(problem, problem, problem.Source, budget.Limits, budget.Cancellation)
                    ?? throw new SolveStopped(LimitReached.Timeout)
            )
            {
                BeyondHelp = beyondHelp,
            };
        var unblocked = new UnblockedRoots(found);
        return new MissingList(
            [
                .. found
                    .Added.Select(each => Describe(each, found, unblocked.CountOf(each.Group)))
                    .OrderBy(each => each.Name, StringComparer.Ordinal),
            ],
            given.Count,
            null
        )
        {
            BeyondHelp = beyondHelp,
        };
    }

    private static MissingProject Describe(Addition addition, FoundAdditions found, int unblocks)
    {
        var problem = found.Problem.Problem;
        var neededBy = found
            .Requiring(addition)
            .Select(each =>
                each.Source is not { } source
                    ? MissingProject.Request
                    : $"{problem.ProjectOf(source)} {problem.VersionOf(source, found.Selection[source])}{(problem.RoleOf(each.Id) == Role.Build ? " (to be built)" : "")}"
            );
        return new MissingProject(
            addition.File.Name.Normalized,
            found.BoundsOf(addition),
            [.. neededBy.Distinct().Order(StringComparer.Ordinal)],
            unblocks,
            addition.KnownFrom
        )
        {
            Kind =
                addition.Kind == AdditionKind.Wheel || problem.Request.ForbidsBuilds(addition.File.Name) ? "wheel"
                : problem.Request.ForbidsWheels(addition.File.Name) ? "sdist"
                : null,
            BreaksCycle = addition.Kind == AdditionKind.Wheel,
            Url = addition.Url,
        };
    }
}
