using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes.Files;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Universes;

/// <summary>The universes that the engine is measured on: their verdicts, and how much search they take. Counts are
/// free of noise; a change of the engine that needs more shows here.</summary>
public sealed class MeasuredUniverseTests
{
    private readonly DomainSolver solver = new();

    [Theory]
    [InlineData("chalice", 2, 30)]
    [InlineData("cheroot", 5, 40)]
    [InlineData("pandas", 2, 40)]
    [InlineData("virtualenv-six", 2, 60)]
    [InlineData("dask", 10, 30)]
    [InlineData("pyrax", 5, 30)]
    [InlineData("pyrax-prb", 5, 120)]
    [InlineData("pubgrub-large", 250, 7_000)]
    public void A_real_universe_takes_no_more_search_than_this(string name, long conflicts, long decisions) =>
        Check(Path.Combine(ConformanceUniverses.MeasuredFolder(), name + ".json.gz"), conflicts, decisions);

    [Theory]
    [InlineData("s300-sat", 5, 60, "300 8 3 1 --random --roots 8 --rootseed 6")]
    [InlineData("s300-unsat", 60, 500, "300 8 3 1 --random --roots 8 --rootseed 5")]
    [InlineData("s1k-sat", 50, 1_800, "1000 10 4 2 --caps .12 --rootseed 7")]
    [InlineData("s1k-unsat", 60, 2_000, "1000 10 4 2 --caps .12 --rootseed 0")]
    [InlineData("r1k-sat", 140, 4_000, "1000 10 4 1 --random --rootseed 1")]
    [InlineData("r1k-unsat", 30, 500, "1000 10 4 1 --random --rootseed 2")]
    [InlineData("s10k-sat", 300, 12_000, "10000 20 4 2 --caps .12 --rootseed 1")]
    [InlineData("s10k-unsat", 300, 15_000, "10000 20 4 2 --caps .12 --rootseed 5")]
    [InlineData("r10k-sat", 250, 18_000, "10000 20 4 1 --random --rootseed 1")]
    [InlineData("r10k-unsat", 15, 100, "10000 20 4 1 --random --rootseed 6")]
    [InlineData("s100k-sat", 200, 20_000, "100000 10 4 2 --caps .12 --rootseed 5")]
    [InlineData("s100k-unsat", 60, 3_000, "100000 10 4 2 --caps .12 --rootseed 9")]
    [InlineData("w100k-sat", 700, 400_000, "100000 10 4 3 --caps .05 --pins .01 --alpha .5 --rootseed 2")]
    [InlineData("w100k-unsat", 600, 420_000, "100000 10 4 3 --caps .05 --pins .01 --alpha .5 --rootseed 3")]
    public void A_generated_universe_takes_no_more_search_than_this(
        string name,
        long conflicts,
        long decisions,
        string arguments
    )
    {
        var path = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}.json");
        try
        {
            Generate(arguments.Split(' '), path, name);
            Check(path, conflicts, decisions);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Pigeonholes are refuted quickly in order and not by probes, colourings the reverse; dense problems by
    /// either.</summary>
    [Theory]
    [InlineData(false, 2_500, "pigeon", "9")]
    [InlineData(false, 7_000, "pigeon", "10")]
    [InlineData(true, 5_500, "coloring", "300", "4.6", "3", "4")]
    [InlineData(false, 2_200, "coloring", "150", "4.6", "3", "1")]
    [InlineData(false, 3_500, "dense", "30", "10", "5", ".6", "4")]
    [InlineData(true, 4_500, "dense", "40", "6", "4", ".6", "3")]
    [InlineData(false, 2_000, "crosspins", "20", "40", "1")]
    public void A_hard_shape_takes_no_more_conflicts_than_this(
        bool isSatisfiable,
        long conflicts,
        params string[] arguments
    )
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            Run("hard_shapes.py", [path, .. arguments]);
            var universe = UniverseFile.Read(path + ".json");
            var (problem, _) = universe.CreateProblem(universe.Queries[0]);
            var outcome = solver.Solve(problem, SolveOptions.Default);

            Assert.Equal(isSatisfiable, outcome is Outcome.Satisfiable);
            if (outcome is Outcome.Satisfiable satisfiable)
                AssertStands(problem, satisfiable.Selection);
            Assert.InRange(outcome.Statistics.Conflicts, 0, conflicts);
        }
        finally
        {
            File.Delete(path + ".json");
            File.Delete(path + ".cnf");
        }
    }

    [Fact]
    public void A_second_solve_allocates_only_its_answer()
    {
        var universe = UniverseFile.Read(Path.Combine(ConformanceUniverses.MeasuredFolder(), "pyrax-prb.json.gz"));
        var problem = universe.CreateProblem(universe.Queries[0]).Problem;
        for (var i = 0; i < 3; i++)
            solver.Solve(problem, SolveOptions.Default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = solver.Solve(problem, SolveOptions.Default);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The answer: two arrays of ints and three small objects.
        var selected = Assert.IsType<Outcome.Satisfiable>(outcome).Selection.Order.Count;
        Assert.InRange(allocated, 1, (8 * selected) + 400);
    }

    [Theory]
    [InlineData("pyrax-prb")]
    [InlineData("dask")]
    public void What_the_roots_do_not_reach_takes_no_search_and_no_memory(string name)
    {
        using var file = new GZipStream(
            File.OpenRead(Path.Combine(ConformanceUniverses.MeasuredFolder(), name + ".json.gz")),
            CompressionMode.Decompress
        );
        var content = JsonNode.Parse(file)!;
        var alone = Search(content);

        // A hundred times as many projects, which need each other and what the roots reach, on both sides of what was
        // there.
        var packages = content["packages"]!.AsObject();
        var known = packages.Select(project => project.Key).ToArray();
        var large = new JsonObject();
        AddOthers(large, known, "before");
        foreach (var project in known)
            large.Add(project, packages[project]!.DeepClone());
        AddOthers(large, known, "after");
        content["packages"] = large;

        Assert.Equal(alone, Search(content));
    }

    private static void AddOthers(JsonObject packages, string[] known, string prefix)
    {
        for (var i = 0; i < 50 * known.Length; i++)
        {
            packages.Add(
                $"{prefix}-{i}",
                new JsonArray(
                    new JsonObject
                    {
                        ["version"] = "0",
                        ["requires"] = new JsonArray($"{known[i % known.Length]} [0, 3]", $"{prefix}-{i / 2}"),
                    },
                    new JsonObject
                    {
                        ["version"] = "1",
                        ["requires"] = new JsonArray($"{known[(i + 7) % known.Length]} [1, 2]"),
                    }
                )
            );
        }
    }

    private SearchStatistics Search(JsonNode content)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, content.ToJsonString());
            var universe = UniverseFile.Read(path);
            return solver.Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default).Statistics;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Check(string path, long conflicts, long decisions)
    {
        var universe = UniverseFile.Read(path);
        long conflictsSeen = 0,
            decisionsSeen = 0;
        foreach (var query in universe.Queries)
        {
            var (problem, _) = universe.CreateProblem(query);
            var outcome = solver.Solve(problem, SolveOptions.Default);
            Assert.Equal(query.Expected!.Satisfiable, outcome is Outcome.Satisfiable);
            if (outcome is Outcome.Satisfiable satisfiable)
                AssertStands(problem, satisfiable.Selection);
            conflictsSeen += outcome.Statistics.Conflicts;
            decisionsSeen += outcome.Statistics.Decisions;
        }

        Assert.InRange(conflictsSeen, 0, conflicts);
        Assert.InRange(decisionsSeen, 0, decisions);
    }

    /// <summary>Judges a selection by the problem alone; these universes have no extras.</summary>
    private static void AssertStands(Problem problem, Selection selection)
    {
        foreach (var root in problem.Roots)
            Assert.True(IsSatisfied(problem, selection, root));
        foreach (var variable in selection.Order)
        {
            foreach (var requirement in problem.RequirementsOf(variable, selection[variable]))
                Assert.True(IsSatisfied(problem, selection, requirement));
        }
    }

    private static bool IsSatisfied(Problem problem, Selection selection, RequirementId requirement)
    {
        var target = problem.Target(requirement);
        var words = new ulong[(problem.CandidateCount(target) + 63) / 64];
        problem.Satisfying(requirement, words);
        return selection[target] is >= 0 and var candidate && ((words[candidate >> 6] >> candidate) & 1) != 0;
    }

    private static void Generate(string[] arguments, string path, string name) =>
        Run("generate.py", [.. arguments[..4], path, .. arguments[4..], "--verdict", name.Split('-')[1]]);

    private static void Run(string script, string[] arguments)
    {
        var path = Path.Combine(ConformanceUniverses.MeasuredFolder(), script);
        Assert.SkipUnless(File.Exists(path), $"there is no {script}");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", [path, .. arguments]))!;
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("the generator needs python3");
        }
    }
}
