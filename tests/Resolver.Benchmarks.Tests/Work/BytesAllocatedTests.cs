using Resolver.Archives.Scanning;
using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Xunit;

namespace Resolver.Benchmarks.Tests.Work;

/// <summary>How many bytes are allocated on fixed corpora, by the thread that does the work. Code that needs less may
/// have its bounds lowered; code that needs more has to say why.</summary>
public sealed class BytesAllocatedTests
{
    private static readonly string Universes = Path.Combine(Repository.Root, "corpora", "universes");

    [Theory]
    [InlineData("grown-1k-sat", 2_205_000)]
    [InlineData("grown-10k-sat", 22_197_000)]
    [InlineData("edge-10k-unsat", 41_278_000)]
    public void Loading_a_universe_allocates_no_more_than_this(string name, long bytes)
    {
        var content = File.ReadAllBytes(Path.Combine(Universes, name + ".json.gz"));
        Load();

        AssertAtMost(bytes, Allocated(() => Load()));

        Universe Load() => UniverseFile.Read(new MemoryStream(content, writable: false), name);
    }

    [Theory]
    [InlineData("grown-1k-sat", 1_906_000)]
    [InlineData("grown-1k-unsat", 1_246_000)]
    [InlineData("edge-1k-sat", 1_482_000)]
    [InlineData("grown-10k-sat", 5_742_000)]
    [InlineData("edge-10k-unsat", 8_158_000)]
    public void Encoding_and_solving_again_allocate_no_more_than_this(string name, long bytes)
    {
        var universe = UniverseFile.Read(Path.Combine(Universes, name + ".json.gz"));
        var solver = new DomainSolver();
        Solve();

        AssertAtMost(bytes, Allocated(() => Solve()));

        Outcome Solve() => solver.Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default);
    }

    [Fact]
    public void Reading_a_small_distribution_allocates_no_more_than_this()
    {
        var folder = Directory.CreateTempSubdirectory("allocated-").FullName;
        try
        {
            ArchiveWriter.Write(folder, new UniverseGenerator(new UniverseShape { Projects = 20 }, 1).Projects(), 100);
            var files = Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .ToList();
            Scan();

            AssertAtMost(142_000, Allocated(() => Scan()) / files.Count);

            // One by one, so that all of it happens on this thread.
            void Scan()
            {
                foreach (var file in files)
                    Assert.Single(ArchiveScanner.Scan([file], ScanOptions.Default with { Jobs = 1 }));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The least of three: what is made once in a process, and at whatever time, does not count.</summary>
    private static long Allocated(Action work) =>
        Enumerable
            .Range(0, 3)
            .Min(_ =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                work();
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });

    /// <summary>A quarter is left for other runtimes and for changes that do not matter.</summary>
    private static void AssertAtMost(long expected, long allocated) =>
        Assert.InRange(allocated, 1, expected + expected / 4);
}
