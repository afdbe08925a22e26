using System.Text;
using CsCheck;
using Resolver.Generators.Universes;
using Resolver.Resolution.Universes.Files;
using Xunit;

namespace Resolver.Benchmarks.Tests.Universes;

/// <summary>What the generator promises of every universe.</summary>
public sealed class UniverseGeneratorTests
{
    private static readonly Gen<UniverseShape> Shapes =
        from projects in Gen.Int[1, 60]
        from releases in Gen.Double[1, 12]
        from requirements in Gen.Double[0, 6]
        from share in Gen.Double[0, .4]
        from independent in Gen.Bool
        from backends in Gen.Int[0, 4]
        from roots in Gen.Int[1, 10]
        select new UniverseShape
        {
            Projects = projects,
            Releases = releases,
            Requirements = requirements,
            Pins = share,
            Caps = share,
            Extras = share,
            RuntimeCycles = share,
            Independent = independent,
            Backends = backends,
            Roots = roots,
        };

    [Fact]
    public void The_same_shape_and_seed_give_the_same_bytes() =>
        Gen.Select(Shapes, Gen.Int)
            .Sample((shape, seed) => Assert.Equal(Text(shape, seed), Text(shape, seed)), iter: 100);

    [Fact]
    public void Another_seed_gives_another_universe() =>
        Assert.Equal(
            20,
            Enumerable.Range(0, 20).Select(seed => Text(new UniverseShape { Projects = 20 }, seed)).Distinct().Count()
        );

    [Fact]
    public void Every_universe_is_read_without_complaint_and_has_the_candidates_it_was_said_to_have() =>
        Gen.Select(Shapes, Gen.Int)
            .Sample(
                (shape, seed) =>
                {
                    using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Text(shape, seed)));
                    var universe = UniverseFile.Read(stream, "generated");
                    Assert.Equal(new UniverseGenerator(shape, seed).CandidateCount, universe.CandidateCount);
                    Assert.NotNull(universe.CreateProblem(universe.Queries[0]).Problem);
                },
                iter: 100
            );

    [Fact]
    public void Popular_projects_are_required_more_often()
    {
        var universe = new UniverseGenerator(new UniverseShape { Projects = 1_000 }, 1);
        var names = universe
            .Projects()
            .SelectMany(project => project.Releases[^1].Requires)
            .Select(requirement => int.Parse(requirement.Split('-', '[', '<', '>', '=', '!', '~')[1]))
            .ToList();

        Assert.InRange(names.Count(number => number < 100), names.Count / 3, names.Count);
    }

    [Fact]
    public void Tighter_ranges_leave_fewer_satisfiable_questions()
    {
        Assert.True(Satisfiable(.1) > Satisfiable(.9));

        static int Satisfiable(double tightness)
        {
            var generator = new UniverseGenerator(
                new UniverseShape
                {
                    Projects = 100,
                    Roots = 10,
                    Independent = true,
                    Tightness = tightness,
                },
                1
            );
            return Enumerable.Range(0, 20).Count(draw => UniverseCorpus.IsSatisfiable(generator, draw));
        }
    }

    private static string Text(UniverseShape shape, int seed)
    {
        var generator = new UniverseGenerator(shape, seed);
        using var stream = new MemoryStream();
        UniverseWriter.Write(stream, "generated", generator.Projects(), generator.Roots(0), null);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
