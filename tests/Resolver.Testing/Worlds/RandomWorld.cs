using CsCheck;

namespace Resolver.Testing.Worlds;

/// <summary>Random worlds, the same for the same shape and seed.</summary>
public static class RandomWorld
{
    private static readonly string[] Extras = ["x", "y"];

    /// <summary>Worlds of all shapes: 1 to 60 projects, sparse to dense, with and without extras, constraints, cycles
    /// and builds.</summary>
    public static Gen<ToyWorld> Any { get; } = OfSize(1, 60, inactiveExtras: false);

    /// <summary>Worlds small enough for the brute-force reference in most cases.</summary>
    public static Gen<ToyWorld> Small { get; } = OfSize(1, 12, inactiveExtras: false);

    /// <summary>Worlds in which each candidate requires the same number of other projects, near the edge between
    /// possible and impossible: the hardest there are of their size.</summary>
    public static Gen<ToyWorld> Dense { get; } = Gen.Select(Gen.Int[5, 60], Gen.Int[0, int.MaxValue], CreateDense);

    /// <summary>Worlds with requirements that hold only while an extra is inactive.</summary>
    public static Gen<ToyWorld> WithInactiveExtras { get; } = OfSize(1, 12, inactiveExtras: true);

    /// <summary>Small worlds in which most is built, and most needs lead anywhere.</summary>
    public static Gen<ToyWorld> WithBuildCycles { get; } =
        Gen.Select(
            Gen.Int[2, 9],
            Gen.Int[0, int.MaxValue],
            (projects, seed) =>
            {
                var random = new Random(seed);
                var shape = AnyShape(projects, random) with
                {
                    Versions = random.Next(1, 5),
                    Width = 0.7 + (random.NextDouble() * 0.3),
                    Cycles = 0.9,
                    Built = 0.4 + (random.NextDouble() * 0.5),
                };
                return Create(shape.Extras > 0 ? shape with { InactiveExtras = 0.3 } : shape, seed);
            }
        );

    private static Gen<ToyWorld> OfSize(int fewest, int most, bool inactiveExtras) =>
        Gen.Select(
            Gen.Int[fewest, most],
            Gen.Int[0, int.MaxValue],
            (projects, seed) =>
            {
                var shape = AnyShape(projects, new Random(seed));
                return Create(inactiveExtras ? shape with { Extras = 0.4, InactiveExtras = 0.4 } : shape, seed);
            }
        );

    public static ToyWorld Create(WorldShape shape, int seed)
    {
        var random = new Random(seed);
        var counts = Enumerable
            .Range(0, shape.Projects)
            .Select(_ => random.Next(32) == 0 ? 0 : random.Next(1, shape.Versions + 1))
            .ToArray();
        var projects = new List<ToyProject>();
        for (var project = 0; project < shape.Projects; project++)
            projects.Add(Project(shape, random, project, counts));
        var roots = Enumerable
            .Range(0, random.Next(1, Math.Min(4, shape.Projects) + 1))
            .Select(_ =>
                Requirement(shape, random, random.Next((shape.Projects + 1) / 2), counts, false) with
                {
                    Conditions = [],
                }
            );
        return new(projects, [.. roots]);
    }

    /// <remarks>A selection of one version a project stands with probability w^(kn), where w is the share of versions
    /// that a requirement admits; v^n of them make one selection likely where w = v^(-1/k) (Cheeseman, Kanefsky and
    /// Taylor, 1991, on where the really hard problems are).</remarks>
    private static ToyWorld CreateDense(int count, int seed)
    {
        var random = new Random(seed);
        var (versions, required) = (random.Next(3, 9), random.Next(2, 1 + Math.Min(5, count - 1)));
        var width = Math.Clamp(Math.Pow(versions, -1.0 / required) + (random.NextDouble() * 0.24) - 0.14, 0.1, 0.9);
        var projects = Enumerable
            .Range(0, count)
            .Select(project => new ToyProject(
                $"p{project}",
                [
                    .. Enumerable
                        .Range(1, versions)
                        .Select(version => new ToyCandidate(version, true, false, Required(project), [])),
                ],
                null
            ));
        return new(
            [.. projects],
            [.. Enumerable.Range(0, 2).Select(project => new ToyRequirement($"p{project}", [], null, false, []))]
        );

        ToyRequirement[] Required(int project) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Where(other => other != project)
                    .OrderBy(_ => random.Next())
                    .Take(required)
                    .Select(other => new ToyRequirement($"p{other}", Range(), null, false, [])),
            ];

        (char Operator, int Version)[] Range()
        {
            var admitted = Math.Max(1, (int)Math.Floor((versions * width) + random.NextDouble()));
            var first = 1 + random.Next(Math.Max(1, versions - admitted + 1));
            return [('g', first), ('<', first + admitted)];
        }
    }

    private static WorldShape AnyShape(int projects, Random random) =>
        new(projects, random.Next(1, 9), 0.5 + (random.NextDouble() * 2.5), 0.3 + (random.NextDouble() * 0.6))
        {
            Extras = random.Next(3) == 0 ? 0.3 : 0,
            Constraints = random.Next(3) == 0 ? 0.2 : 0,
            Cycles = random.Next(2) == 0 ? 0.3 : 0,
            Built = random.Next(3) == 0 ? 0.4 : 0,
            Unusable = random.Next(3) == 0 ? 0.15 : 0,
            Preferences = random.Next(3) == 0 ? 0.3 : 0,
        };

    private static ToyProject Project(WorldShape shape, Random random, int project, int[] counts)
    {
        var candidates = new List<ToyCandidate>();
        // Neighbours mostly require the same, as releases do: otherwise there are no runs.
        var runtime = Requirements(shape, random, project, counts, shape.Requirements);
        var build = Requirements(shape, random, project, counts, 1);
        for (var version = 1; version <= counts[project]; version++)
        {
            if (random.Next(2) == 0)
                runtime = Requirements(shape, random, project, counts, shape.Requirements);
            if (random.Next(3) == 0)
                build = Requirements(shape, random, project, counts, 1);
            var isBuilt = random.NextDouble() < shape.Built;
            candidates.Add(
                new(
                    version,
                    random.NextDouble() >= shape.Unusable,
                    isBuilt,
                    runtime,
                    isBuilt ? [.. build.Select(requirement => requirement with { Conditions = [] })] : []
                )
            );
        }

        var preference =
            random.NextDouble() < shape.Preferences && candidates.Count > 0
                ? candidates.Select(candidate => candidate.Version).ToArray()
                : null;
        if (preference is not null)
            random.Shuffle(preference);
        return new($"p{project}", candidates, preference);
    }

    private static ToyRequirement[] Requirements(
        WorldShape shape,
        Random random,
        int project,
        int[] counts,
        double mean
    )
    {
        var count = (int)(-Math.Log(1 - random.NextDouble()) * mean + 0.5);
        var requirements = new List<ToyRequirement>();
        for (var i = 0; i < Math.Min(count, 6); i++)
        {
            var target =
                random.NextDouble() < shape.Cycles
                    ? random.Next(shape.Projects)
                    : random.Next(project + 1, shape.Projects + 1);
            if (target < shape.Projects)
                requirements.Add(Requirement(shape, random, target, counts, true));
        }

        return [.. requirements];
    }

    private static ToyRequirement Requirement(
        WorldShape shape,
        Random random,
        int target,
        int[] counts,
        bool mayBeConstraint
    )
    {
        var width = shape.Width + ((random.NextDouble() - 0.5) * 0.4);
        var admitted = Math.Max(1, (int)Math.Round(counts[target] * width));
        var first = 1 + random.Next(Math.Max(1, counts[target] - admitted + 1));
        IReadOnlyList<(char Operator, int Version)> bounds = random.Next(8) switch
        {
            0 => [],
            1 => [('!', first)],
            2 => [('g', first)],
            3 => [('l', first + admitted - 1)],
            _ => [('g', first), ('<', first + admitted)],
        };
        var extra = random.NextDouble() < shape.Extras ? Extras[random.Next(2)] : null;
        IReadOnlyList<(string Extra, bool Active)> conditions =
            random.NextDouble() >= shape.Extras
                ? []
                : [(Extras[random.Next(2)], random.NextDouble() >= shape.InactiveExtras)];
        if (shape.InactiveExtras > 0 && conditions.Count > 0 && random.Next(4) == 0)
        {
            var other = Extras[conditions[0].Extra == Extras[0] ? 1 : 0];
            conditions = [.. conditions, (other, random.NextDouble() >= shape.InactiveExtras)];
        }

        return new($"p{target}", bounds, extra, mayBeConstraint && random.NextDouble() < shape.Constraints, conditions);
    }
}
