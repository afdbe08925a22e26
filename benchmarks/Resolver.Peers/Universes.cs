using Resolver.Generators.Universes;
using Resolver.Peers.Contestants;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Peers;

/// <summary>What is solved: universes of our generator without what peers do not have in common (extras, build
/// cycles), and any others that are named.</summary>
internal static class Universes
{
    private static readonly UniverseShape Plain = new()
    {
        Projects = 100,
        Extras = 0,
        BuildCycles = 0,
    };

    // An ordinary question is the first that has the verdict; a hard one is the hardest of many drawn.
    private static readonly (string Name, UniverseShape Shape, int Seed, bool Hard)[] Generated =
    [
        ("usual-1k", Plain with { Roots = 3 }, 1, false),
        ("usual-10k", Plain with { Projects = 1_000, Roots = 5 }, 1, false),
        ("grown-1k", Plain with { Pins = .1, Caps = .3 }, 3, true),
        ("edge-1k", Plain with { Roots = 10, Independent = true, Tightness = .55 }, 1, true),
        ("grown-10k", Plain with { Projects = 1_000, Pins = .05, Caps = .2 }, 1, true),
        ("edge-10k", Plain with { Projects = 1_000, Independent = true, Tightness = .45 }, 2, true),
        ("usual-100k", Plain with { Projects = 10_000, Roots = 5 }, 3, false),
        ("grown-100k", Plain with { Projects = 10_000 }, 3, true),
        ("grown-1m", Plain with { Projects = 100_000 }, 3, true),
    ];

    /// <summary>Writes all forms of every universe into a folder; of each shape roots of each verdict, where there
    /// are.</summary>
    /// <param name="more">Further universe files, or folders of them.</param>
    /// <param name="large">Whether those of a million candidates take part.</param>
    /// <param name="generated">Whether ours take part at all.</param>
    /// <param name="wanted">Asked before a universe of this name is made, which takes time.</param>
    public static IEnumerable<GivenProblem> Write(
        string folder,
        IReadOnlyList<string> more,
        bool large,
        bool generated = true,
        Func<string, bool>? wanted = null
    )
    {
        foreach (var (name, shape, seed, hard) in generated ? Generated : [])
        {
            if (!large && shape.Projects > 10_000)
                continue;
            if (wanted?.Invoke(name) == false)
                continue;
            var generator = new UniverseGenerator(shape, seed);
            foreach (var satisfiable in new[] { true, false })
            {
                var chosen = hard
                    ? UniverseCorpus.Hardest(generator, satisfiable, draws: 60, conflictLimit: 20_000)?.Draw
                    : Enumerable
                        .Range(0, 20)
                        .Select(draw => (int?)draw)
                        .FirstOrDefault(draw => UniverseCorpus.IsSatisfiable(generator, draw!.Value) == satisfiable);
                if (chosen is not { } drawn)
                    continue;
                var file = Path.Combine(folder, $"{name}-{(satisfiable ? "sat" : "unsat")}.json");
                UniverseWriter.Write(file, generator, generator.Roots(drawn), satisfiable);
                yield return AllForms(folder, file)!;
            }
        }

        foreach (var file in more.SelectMany(FilesOf))
        {
            if (AllForms(folder, file) is { } problem)
                yield return problem;
            else
                Console.Error.WriteLine($"{file}: left out: several questions, no verdict to expect, or extras");
        }
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json*").Order(StringComparer.Ordinal) : [path];

    private static GivenProblem? AllForms(string folder, string file)
    {
        var universe = UniverseFile.Read(file);
        if (universe.Queries is not [{ Expected.Satisfiable: { } satisfiable }])
            return null;
        var (ordinals, dimacs) = (
            Path.Combine(folder, universe.Name + ".ordinals"),
            Path.Combine(folder, universe.Name + ".cnf")
        );
        try
        {
            OrdinalProblem.Write(ordinals, universe);
        }
        catch (NotSupportedException)
        {
            return null;
        }

        OrdinalProblem.WriteDimacs(dimacs, universe);
        return new GivenProblem(
            universe.Name,
            satisfiable,
            universe.CandidateCount,
            file,
            ordinals,
            dimacs,
            new(() =>
            {
                var wheels = Path.Combine(folder, universe.Name + "-wheels");
                return (wheels, PipPeer.WriteWheels(wheels, ordinals));
            })
        );
    }
}
