using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Generators.Universes;

/// <summary>The named universes of <c>corpora/universes</c>: a shape, a seed, and which draw of roots was the hardest
/// with the verdict in its name.</summary>
/// <param name="Name">Also the file's, without suffix.</param>
/// <param name="Satisfiable">The verdict that the file expects.</param>
/// <param name="Draw">Which roots (<see cref="UniverseGenerator.Roots"/>).</param>
public sealed record UniverseCorpus(string Name, UniverseShape Shape, int Seed, bool Satisfiable, int Draw)
{
    /// <summary>All of them, from a hundred candidates to a million.</summary>
    public static IReadOnlyList<UniverseCorpus> All { get; } =
    [
        new("grown-100-sat", new UniverseShape { Projects = 10, Roots = 3 }, Seed: 1, Satisfiable: true, Draw: 8),
        new(
            "grown-1k-sat",
            new UniverseShape
            {
                Projects = 100,
                Pins = .1,
                Caps = .3,
            },
            Seed: 3,
            Satisfiable: true,
            Draw: 13
        ),
        new(
            "grown-1k-unsat",
            new UniverseShape
            {
                Projects = 100,
                Pins = .1,
                Caps = .3,
            },
            Seed: 3,
            Satisfiable: false,
            Draw: 99
        ),
        new(
            "edge-1k-sat",
            new UniverseShape
            {
                Projects = 100,
                Roots = 10,
                Independent = true,
                Tightness = .55,
            },
            Seed: 1,
            Satisfiable: true,
            Draw: 3
        ),
        new(
            "edge-1k-unsat",
            new UniverseShape
            {
                Projects = 100,
                Roots = 10,
                Independent = true,
                Tightness = .55,
            },
            Seed: 1,
            Satisfiable: false,
            Draw: 59
        ),
        new("grown-10k-sat", new UniverseShape { Projects = 1_000 }, Seed: 1, Satisfiable: true, Draw: 32),
        new("grown-10k-unsat", new UniverseShape { Projects = 1_000 }, Seed: 1, Satisfiable: false, Draw: 3),
        new(
            "edge-10k-sat",
            new UniverseShape
            {
                Projects = 1_000,
                Independent = true,
                Tightness = .45,
            },
            Seed: 2,
            Satisfiable: true,
            Draw: 22
        ),
        new(
            "edge-10k-unsat",
            new UniverseShape
            {
                Projects = 1_000,
                Independent = true,
                Tightness = .45,
            },
            Seed: 2,
            Satisfiable: false,
            Draw: 19
        ),
        new("grown-100k-sat", new UniverseShape { Projects = 10_000 }, Seed: 3, Satisfiable: true, Draw: 52),
        new("grown-100k-unsat", new UniverseShape { Projects = 10_000 }, Seed: 3, Satisfiable: false, Draw: 14),
        new("grown-1m-sat", new UniverseShape { Projects = 100_000 }, Seed: 3, Satisfiable: true, Draw: 16),
        new("grown-1m-unsat", new UniverseShape { Projects = 100_000 }, Seed: 3, Satisfiable: false, Draw: 2),
    ];

    /// <summary>Candidates above which a universe is regenerated where it is wanted, and not kept.</summary>
    public const int KeptUpTo = 20_000;

    /// <summary>Writes its file.</summary>
    public void Write(string folder)
    {
        var generator = new UniverseGenerator(Shape, Seed);
        UniverseWriter.Write(Path.Combine(folder, Name + ".json.gz"), generator, generator.Roots(Draw), Satisfiable);
    }

    /// <summary>Whether there is a solution for this draw of roots.</summary>
    public static bool IsSatisfiable(UniverseGenerator generator, int draw) =>
        Hardest(generator, satisfiable: true, [draw], long.MaxValue) is not null;

    /// <summary>Of the first <paramref name="draws"/> draws of roots that have this verdict, the one that costs the
    /// engine most conflicts; null where none has it.</summary>
    public static (int Draw, long Conflicts)? Hardest(
        UniverseGenerator generator,
        bool satisfiable,
        int draws,
        long conflictLimit
    ) => Hardest(generator, satisfiable, Enumerable.Range(0, draws), conflictLimit);

    private static (int Draw, long Conflicts)? Hardest(
        UniverseGenerator generator,
        bool satisfiable,
        IEnumerable<int> draws,
        long conflictLimit
    )
    {
        using var content = new MemoryStream();
        UniverseWriter.Write(content, "drawn", generator.Projects(), [], null);
        content.Position = 0;
        var universe = UniverseFile.Read(content, "drawn");
        var solver = new DomainSolver();
        var (hardest, most) = (-1, -1L);
        foreach (var draw in draws)
        {
            var query = new UniverseQuery("drawn", generator.Roots(draw), null);
            var outcome = solver.Solve(
                universe.CreateProblem(query).Problem,
                new SolveOptions { ConflictLimit = conflictLimit }
            );
            if (outcome is Outcome.GaveUp || outcome is Outcome.Satisfiable != satisfiable)
                continue;
            if (outcome.Statistics.Conflicts > most)
                (hardest, most) = (draw, outcome.Statistics.Conflicts);
        }

        return hardest < 0 ? null : (hardest, most);
    }
}
