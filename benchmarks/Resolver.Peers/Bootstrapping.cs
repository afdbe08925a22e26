using System.Globalization;
using System.Text;
using System.Text.Json;
using Resolver.Peers.Contestants;

namespace Resolver.Peers;

/// <summary>Worlds in which nearly every build needs other projects, and only wheels break the cycles: our program, and
/// clingo on the same world as an answer set program with acyclic <c>#edge</c>.</summary>
/// <remarks>Ours gives the best selection and proves it; clingo is asked for any, with a heuristic that tries new
/// versions first.</remarks>
internal static class Bootstrapping
{
    private const int Rounds = 5;

    private static readonly World[] Worlds =
    [
        new(50, 5, 4, .1, 1, World.Kind.Any),
        new(100, 5, 4, .1, 1, World.Kind.Any),
        new(150, 10, 2, .3, 1, World.Kind.OldWheels),
        new(200, 5, 2, .3, 1, World.Kind.OldWheels),
        new(50, 20, 3, .5, 1, World.Kind.OldWheels),
        new(50, 60, 20, .5, 1, World.Kind.OldWheels),
        new(70, 10, 3, .1, 1, World.Kind.Floors),
    ];

    /// <summary>One world.</summary>
    /// <param name="Inside">Milliseconds of encoding, search and proof.</param>
    /// <param name="Ours">Milliseconds of our whole process.</param>
    /// <param name="Clingo">Milliseconds of clingo's whole process.</param>
    internal sealed record Row(World World, Measurement Inside, Measurement Ours, Measurement Clingo, long Conflicts);

    /// <summary>The version of clingo; null where it is not on this machine.</summary>
    public static string? Version => Command.VersionOf("clingo", "--version");

    public static IEnumerable<Row> Measure(string folder, string resolver, TimeSpan limit)
    {
        foreach (var world in Worlds)
        {
            var (universe, program) = (Path.Combine(folder, "world.json"), Path.Combine(folder, "world.lp"));
            world.Write(universe, program);
            var (inside, ours, conflicts) = Solve(resolver, universe, limit);
            yield return new Row(world, inside, ours, Clingo(program, limit), conflicts);
        }
    }

    private static (Measurement Inside, Measurement Ours, long Conflicts) Solve(
        string resolver,
        string universe,
        TimeSpan limit
    )
    {
        var (inside, whole) = (new List<double>(), new List<double>());
        var conflicts = 0L;
        var satisfiable = false;
        for (var round = 0; round < Rounds; round++)
        {
            if (Command.Run(limit, resolver, "solve", universe, "--format", "json") is not { ExitCode: < 2 } run)
                return (Measurement.Late(limit), Measurement.Late(limit), 0);
            var line = JsonDocument.Parse(run.Output).RootElement;
            satisfiable = line.GetProperty("satisfiable").GetBoolean();
            var stats = line.GetProperty("stats");
            conflicts = stats.GetProperty("conflicts").GetInt64();
            inside.Add(stats.GetProperty("encode_ms").GetDouble() + stats.GetProperty("solve_ms").GetDouble());
            whole.Add(run.Milliseconds);
        }

        return (Measurement.Of(satisfiable, inside), Measurement.Of(satisfiable, whole), conflicts);
    }

    private static Measurement Clingo(string program, TimeSpan limit)
    {
        var samples = new List<double>();
        var satisfiable = false;
        for (var round = 0; round < Rounds; round++)
        {
            if (Command.Run(limit, "clingo", "--heuristic=Domain", program, "1") is not { } run)
                return Measurement.Late(limit);
            satisfiable = run.Output.Contains("\nSATISFIABLE", StringComparison.Ordinal);
            if (!satisfiable && !run.Output.Contains("\nUNSATISFIABLE", StringComparison.Ordinal))
                return Measurement.Failed("no verdict");
            samples.Add(run.Milliseconds);
        }

        return Measurement.Of(satisfiable, samples);
    }

    /// <summary>A world; every project is requested, and a candidate that is no wheel needs others for its
    /// build.</summary>
    /// <param name="Needed">Projects that a build needs.</param>
    /// <param name="Wheels">Share of candidates that are wheels.</param>
    internal sealed record World(int Projects, int Versions, int Needed, double Wheels, int Seed, World.Kind Shape)
    {
        internal enum Kind
        {
            /// <summary>Any candidate may be a wheel, and any version of what a build needs will do.</summary>
            Any,

            /// <summary>Only the oldest version may be a wheel.</summary>
            OldWheels,

            /// <summary>A build needs versions that are at most two places older.</summary>
            Floors,
        }

        /// <summary>Writes it as a universe and as an answer set program.</summary>
        public void Write(string universe, string program)
        {
            var random = new Random(Seed);
            var asp = new StringBuilder();
            var packages = new Dictionary<string, object>();
            for (var project = 0; project < Projects; project++)
            {
                asp.Append(CultureInfo.InvariantCulture, $"1 {{ sel({project},0..{Versions - 1}) }} 1.\n");
                var candidates = new List<object>();
                for (var version = 0; version < Versions; version++)
                {
                    asp.Append(
                        CultureInfo.InvariantCulture,
                        $"#heuristic sel({project},{version}) : . [{version + 1},true]\n"
                    );
                    var isWheel = random.NextDouble() < Wheels && (Shape != Kind.OldWheels || version == 0);
                    var needs = isWheel ? [] : Others(random, project);
                    var least = Shape == Kind.Floors ? Math.Max(0, version - 2) : 0;
                    foreach (var other in needs)
                    {
                        asp.Append(
                            CultureInfo.InvariantCulture,
                            $"#edge ({project},{other}) : sel({project},{version}).\n"
                        );
                        if (least > 0)
                            asp.Append(
                                CultureInfo.InvariantCulture,
                                $":- sel({project},{version}), sel({other},V), V<{least}.\n"
                            );
                    }

                    candidates.Add(
                        new
                        {
                            version = $"{version}.0",
                            kind = isWheel ? "wheel" : "sdist",
                            build_requires = needs.Select(other => $"p{other}{(least > 0 ? $">={least}.0" : "")}"),
                        }
                    );
                }

                packages.Add($"p{project}", candidates);
            }

            var roots = Enumerable.Range(0, Projects).Select(project => $"p{project}");
            File.WriteAllText(
                universe,
                JsonSerializer.Serialize(
                    new
                    {
                        name = ToString(),
                        scheme = "pep440",
                        root = roots,
                        packages,
                    }
                )
            );
            File.WriteAllText(program, asp.ToString());
        }

        public override string ToString() =>
            $"{Projects} projects, {Versions} versions, {Needed} needed, "
            + Shape switch
            {
                Kind.OldWheels => $"{Wheels.ToString("P0", CultureInfo.InvariantCulture)} of the oldest are wheels",
                Kind.Floors => $"{Wheels.ToString("P0", CultureInfo.InvariantCulture)} are wheels, lower bounds",
                _ => $"{Wheels.ToString("P0", CultureInfo.InvariantCulture)} are wheels",
            };

        private List<int> Others(Random random, int project)
        {
            var others = Enumerable.Range(0, Projects).Where(other => other != project).ToArray();
            random.Shuffle(others);
            return [.. others.Take(Needed)];
        }
    }
}
