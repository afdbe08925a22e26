using System.IO.Compression;
using Resolver.Generators.Universes;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes.Files;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Xunit;

namespace Resolver.Benchmarks.Tests.Universes;

/// <summary>The universes under <c>corpora/universes</c>: made as the README says, answered as the files say, and at
/// a price that is watched.</summary>
public sealed class UniverseCorpusTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "corpora", "universes");

    public static TheoryData<string> Kept =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.json.gz")
                .Select(path => Path.GetFileName(path)[..^".json.gz".Length])
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_kept_universe_is_what_the_generator_makes(string name)
    {
        var corpus = Assert.Single(UniverseCorpus.All, corpus => corpus.Name == name);
        var generator = new UniverseGenerator(corpus.Shape, corpus.Seed);
        using var made = new MemoryStream();
        UniverseWriter.Write(made, name, generator.Projects(), generator.Roots(corpus.Draw), corpus.Satisfiable);

        using var kept = new MemoryStream();
        using (
            var zipped = new GZipStream(
                File.OpenRead(Path.Combine(Folder, name + ".json.gz")),
                CompressionMode.Decompress
            )
        )
            zipped.CopyTo(kept);

        Assert.True(
            made.ToArray().AsSpan().SequenceEqual(kept.ToArray()),
            $"{name}: write it again, as corpora/universes/README.md says, or mend the generator"
        );
    }

    [Fact]
    public void All_universes_of_a_size_to_keep_are_kept()
    {
        var small = UniverseCorpus
            .All.Where(corpus =>
                new UniverseGenerator(corpus.Shape, corpus.Seed).CandidateCount <= UniverseCorpus.KeptUpTo
            )
            .Select(corpus => corpus.Name);

        Assert.Equal(small.Order(StringComparer.Ordinal), Kept.Select(row => row.Data));
    }

    // Counts are free of noise. An engine that needs less may have its bounds lowered; one that needs more has to say
    // why.
    [Theory]
    [InlineData("grown-100-sat", 11, 1, 15)]
    [InlineData("grown-1k-sat", 473, 36, 1_245)]
    [InlineData("grown-1k-unsat", 445, 39, 878)]
    [InlineData("edge-1k-sat", 536, 75, 2_198)]
    [InlineData("edge-1k-unsat", 280, 61, 2_098)]
    [InlineData("grown-10k-sat", 2_837, 83, 5_845)]
    [InlineData("grown-10k-unsat", 2_396, 72, 6_142)]
    [InlineData("edge-10k-sat", 10_154, 1_826, 180_691)]
    [InlineData("edge-10k-unsat", 11_942, 2_511, 256_707)]
    public void A_kept_universe_has_its_verdict_for_no_more_search_than_this(
        string name,
        long decisions,
        long conflicts,
        long propagations
    )
    {
        var universe = UniverseFile.Read(Path.Combine(Folder, name + ".json.gz"));
        var query = Assert.Single(universe.Queries);
        var problem = universe.CreateProblem(query).Problem;

        var outcome = new DomainSolver().Solve(problem, SolveOptions.Default);

        Assert.Equal(query.Expected!.Satisfiable, outcome is Outcome.Satisfiable);
        if (outcome is Outcome.Satisfiable satisfiable)
            SelectionChecker.Require(problem, satisfiable.Selection);
        // A tenth is left for changes that do not matter.
        Assert.InRange(outcome.Statistics.Decisions, 1, decisions + decisions / 10);
        Assert.InRange(outcome.Statistics.Conflicts, 1, conflicts + conflicts / 10);
        Assert.InRange(outcome.Statistics.Propagations, 1, propagations + propagations / 10);
    }

    [Theory]
    [InlineData("grown-100-sat")]
    [InlineData("grown-1k-sat")]
    [InlineData("grown-1k-unsat")]
    [InlineData("edge-1k-sat")]
    [InlineData("edge-1k-unsat")]
    [InlineData("grown-10k-unsat")]
    [InlineData("edge-10k-unsat")]
    public void Z3_agrees_with_the_verdict_of_a_kept_universe_and_with_the_selection(string name)
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        var universe = UniverseFile.Read(Path.Combine(Folder, name + ".json.gz"));

        Assert.Equal(Selected(new DomainSolver()), Selected(new Z3Solver()));

        IEnumerable<string>? Selected(ISolver solver)
        {
            var problem = universe.CreateProblem(universe.Queries[0]);
            return solver.Solve(problem.Problem, SolveOptions.Default) switch
            {
                Outcome.Satisfiable { Selection: var selection } => selection
                    .Order.Select(variable =>
                        $"{problem.Text.ProjectOf(variable)} {problem.Text.VersionOf(variable, selection[variable])}"
                    )
                    .Order(StringComparer.Ordinal),
                Outcome.Unsatisfiable => null,
                _ => throw new InvalidOperationException("gave up"),
            };
        }
    }

    [Fact]
    public void Loading_allocates_in_proportion_to_the_candidates()
    {
        UniverseFile.Read(Path.Combine(Folder, "grown-1k-sat.json.gz"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var universe = UniverseFile.Read(Path.Combine(Folder, "grown-10k-sat.json.gz"));

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / universe.CandidateCount;
        Assert.InRange(each, 100, 6_000);
    }
}
