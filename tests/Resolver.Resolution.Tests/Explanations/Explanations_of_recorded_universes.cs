using System.Text.Json;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Resolver.Testing;
using Resolver.Testing.Reference;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Every universe of the conformance data that has no solution: cores are minimal, fixes are ones, and the
/// projects named are those that matter.</summary>
public sealed class Explanations_of_recorded_universes
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1";

    [Fact]
    public void The_projects_named_are_those_that_matter()
    {
        Assert.SkipUnless(Conformance.Folder is not null, "there is no conformance data");
        using var document = Conformance.Open("explain/explain.json");
        var twins = ConformanceUniverses
            .Split("explain/explain.json")
            .ToDictionary(each => each.Name, each => each.Json);
        var count = 0;
        foreach (var universe in document.RootElement.GetProperty("universes").EnumerateArray())
        {
            var expected = universe.GetProperty("expected");
            if (expected.GetProperty("satisfiable").GetBoolean())
                continue;
            count++;
            var name = universe.GetProperty("name").GetString()!;
            var back = universe.TryGetProperty("pep440", out var twin)
                ? twin.GetProperty("names")
                    .EnumerateObject()
                    .ToDictionary(each => each.Name, each => each.Value.GetString()!)
                : [];
            var named = Explain(name, twins[name]).Select(each => back.GetValueOrDefault(each, each)).ToHashSet();
            var mentions = Names(expected, "mentions").Concat(Names(expected, "mentions_partial")).ToList();
            var core = expected.TryGetProperty("core", out var known)
                ? Names(known, "one_minimal").Concat(Names(known, "necessary")).ToHashSet()
                : [];

            Assert.Empty(mentions.Where(each => !named.Contains(each)).Select(each => $"{name}: {each} is not named"));
            if (core.Count > 0)
                // Not every fixture counts Python among the projects: what cannot be used for its sake is named by
                // its own name, too.
                Assert.Empty(
                    named
                        .Where(each => each != "Python" && !core.Contains(each) && !mentions.Contains(each))
                        .Select(each => $"{name}: {each} is named and does not matter")
                );
            if (core.Count > 0)
                Assert.Empty(
                    Names(known, "necessary")
                        .Where(each => !named.Contains(each))
                        .Select(each => $"{name}: {each} is in every core and is not named")
                );
        }
        Assert.True(count > 0);
    }

    [Fact]
    public void Cores_are_minimal_and_each_fix_leaves_a_solution()
    {
        Assert.SkipUnless(Conformance.Folder is not null, "there is no conformance data");
        var solver = new DomainSolver();
        var (count, fixes) = (0, 0);
        foreach (var (universe, query) in Impossible(solver))
        {
            count++;
            var (problem, text) = universe.CreateProblem(query);
            var core = new MinimalCore(problem, text, new SolveBudget(PlanLimits.None, CancellationToken.None));
            core.Find();
            Assert.True(core.IsMinimal, query.Name);
            Assert.IsType<Outcome.Unsatisfiable>(
                solver.Solve(RelaxedProblem.Only(problem, text, core.Facts!), SolveOptions.Default)
            );
            // The engine is another than the one that found the core in what it is told: these problems hold nothing
            // but the core.
            foreach (var fact in core.Facts!)
                Assert.IsType<Outcome.Satisfiable>(
                    solver.Solve(
                        RelaxedProblem.Only(problem, text, core.Facts!.Where(each => each != fact)),
                        SolveOptions.Default
                    )
                );
            fixes += Fixes(universe, problem, text, core.Facts!, solver, query.Name);
        }
        Assert.True(count > 60, $"{count} universes without a solution");
        Assert.True(fixes >= count, $"{fixes} fixes for {count} universes");
    }

    private static int Fixes(
        Universe universe,
        Problem problem,
        IProblemText text,
        IReadOnlyList<Assumption> core,
        DomainSolver solver,
        string name
    )
    {
        var repairs = new Repairs(problem, text, new SolveBudget(PlanLimits.None, CancellationToken.None)).Find(core);
        Assert.NotEmpty(repairs);
        var applied = 0;
        foreach (var fix in repairs.Where(_ => problem is CandidateProblem))
        {
            if (
                AppliedFix.Of((CandidateUniverse)universe, ((CandidateProblem)problem).Request, fix) is not { } question
            )
                continue;
            applied++;
            Assert.True(
                solver.Solve(RequestedProblem.Of(question.Source, question.Request), SolveOptions.Default)
                    is Outcome.Satisfiable,
                $"{name}: {string.Join(", and ", fix.Select(each => each.Text))}"
            );
        }
        return applied;
    }

    private static IEnumerable<(Universe Universe, UniverseQuery Query)> Impossible(DomainSolver solver)
    {
        var files = Conformance
            .Files("explain")
            .Concat(
                Conformance
                    .Files("universes")
                    .Where(file => Long || !file.Contains("cheroot", StringComparison.Ordinal))
            )
            .ToList();
        foreach (var file in files.Distinct())
        {
            foreach (var (name, json) in ConformanceUniverses.Split(file))
            {
                using var stream = new MemoryStream(json);
                var universe = UniverseFile.Read(stream, name);
                // One question in five of the large indexes, unless there is time.
                foreach (
                    var (i, query) in universe
                        .Queries.Index()
                        .Where(each => Long || universe.Queries.Count == 1 || each.Index % 5 == 0)
                )
                {
                    if (query.Expected?.Satisfiable == false)
                        yield return (universe, query);
                }
            }
        }
    }

    private static List<string> Explain(string name, byte[] json)
    {
        using var stream = new MemoryStream(json);
        var universe = UniverseFile.Read(stream, name);
        var (problem, text) = universe.CreateProblem(universe.Queries[0]);
        var core = new MinimalCore(problem, text, new SolveBudget(PlanLimits.None, CancellationToken.None));
        core.Find();
        Assert.True(core.IsMinimal, name);
        return
        [
            .. core.Facts!.SelectMany(fact =>
                    fact switch
                    {
                        Assumption.Requires each => (IEnumerable<string>)
                            [
                                text.ProjectOf(problem.Target(each.Id)),
                                .. each.Source is { } source ? (string[])[text.ProjectOf(source)] : [],
                            ],
                        Assumption.NoOthers each => [text.ProjectOf(each.Project)],
                        // Python is a project to those who made the fixtures; here it is why a candidate cannot be
                        // chosen.
                        Assumption.Unusable each =>
                        [
                            text.ProjectOf(each.Project),
                            .. each.Kind == UnusableKind.RequiresPython ? (string[])["Python"] : [],
                        ],
                        _ => [],
                    }
                )
                .Distinct(),
        ];
    }

    private static List<string> Names(JsonElement owner, string property) =>
        owner.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(each => each.GetString()!)]
            : [];
}
