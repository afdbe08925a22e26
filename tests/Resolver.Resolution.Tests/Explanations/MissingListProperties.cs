using System.Text.Json;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Testing;
using Resolver.Testing.Reference;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Laws of <c>missing</c> on random archives from which files were taken, judged by the reference solver and
/// by trying every shorter list. <c>RESOLVER_LONG</c> takes 5,000 of them, else 400.</summary>
public sealed class MissingListProperties
{
    private const int Budget = 20_000;

    /// <summary>Every version that a bound of <see cref="ToyArchiveGenerator"/> tells from others.</summary>
    private static readonly string[] Versions = ["0", "1", "2", "3", "4", "5"];

    private static readonly int Count = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1" ? 5_000 : 400;

    private sealed record World(string Lines, PlanRequest Request)
    {
        public IReadOnlyList<string> Names { get; } = [.. "abcde".Select(each => $"{each}")];

        public IReadOnlyList<string> Absent =>
            [
                .. Names.Where(name =>
                    !Lines.Split('\n').Any(line => line.StartsWith(name + " ", StringComparison.Ordinal))
                ),
            ];

        public PlanRequest Without(MissingList list) =>
            Request with
            {
                Roots =
                [
                    .. Request.Roots.Where(root => list.BeyondHelp.All(each => each.Requirement != root.ToString())),
                ],
            };
    }

    private static IEnumerable<World> Worlds()
    {
        for (var seed = 0; seed < Count; seed++)
        {
            var (lines, roots) = ToyArchiveGenerator.Draw(seed, projects: 5, versions: 2);
            var random = new Random(seed);
            var kept = lines.Split('\n').Where(_ => random.Next(3) > 0).ToList();
            var request = ToyArchive.Ask(roots);
            yield return new World(
                string.Join('\n', kept) + "\n",
                random.Next(3) switch
                {
                    0 => request with { Exclusions = [new Exclusion(Name("a"), SpecifierSet.Parse(">=3"))] },
                    1 => request with { Constraints = [Requirement.Parse("b<2")] },
                    _ => request,
                }
            );
        }
    }

    [Fact]
    public void What_is_listed_is_enough()
    {
        var listed = 0;
        foreach (var world in Worlds())
        {
            var list = Find(world);
            var added = list.Projects.Select(each => (each.Name, Version: Meeting(world, each))).ToList();

            Assert.DoesNotContain(added, each => each.Version is null);
            if (Solves(world, list, added.Select(each => (each.Name, each.Version!))) is { } some)
                Assert.True(some, Told(world, list));
            listed += added.Count;
        }
        Assert.True(listed > Count / 2, $"{listed} listed");
    }

    [Fact]
    public void No_shorter_list_of_projects_that_are_not_there_is_enough()
    {
        var judged = 0;
        foreach (var world in Worlds())
        {
            var list = Find(world);
            var absent = world.Absent;
            for (var members = 0; members < 1 << absent.Count; members++)
            {
                if (int.PopCount(members) >= list.Projects.Count)
                    continue;
                var tried = absent.Where((_, i) => (members >> i & 1) != 0).ToList();
                judged++;
                if (Solves(world, list, tried.SelectMany(name => Admitted(world, name))) is { } some)
                    Assert.False(some, $"{string.Join(", ", tried)} is enough\n{Told(world, list)}");
            }
        }
        Assert.True(judged > Count / 2, $"{judged} shorter lists");
    }

    [Fact]
    public void The_answer_does_not_depend_on_the_order_of_what_is_requested()
    {
        foreach (var world in Worlds())
        {
            var reversed = world with { Request = world.Request with { Roots = [.. world.Request.Roots.Reverse()] } };

            Assert.Equal(Answer(world), Answer(reversed));
        }
    }

    [Fact]
    public void What_is_beyond_help_is_impossible_beside_the_rest_whatever_is_missing_is_added()
    {
        foreach (var world in Worlds())
        {
            var list = Find(world);
            foreach (var each in list.BeyondHelp)
            {
                var request = world.Without(list);
                var with = world with
                {
                    Request = request with { Roots = [.. request.Roots, Requirement.Parse(each.Requirement)] },
                };
                if (
                    Solves(
                        with,
                        new MissingList([], 0, null),
                        world.Absent.SelectMany(name => Admitted(world, name))
                    ) is
                    { } some
                )
                    Assert.False(some, $"{each}\n{Told(world, list)}");
            }
        }
    }

    [Fact]
    public void A_time_limit_ends_the_search()
    {
        var world = Worlds().First();

        Assert.Null(
            MissingProjects.Find(
                new ToyArchive(world.Lines),
                world.Request,
                new PlanLimits(Deadline.After(TimeSpan.Zero))
            )
        );
    }

    private static MissingList Find(World world) =>
        MissingProjects.Find(new ToyArchive(world.Lines), world.Request, PlanLimits.None)!;

    /// <summary>Without the order in which it repeats what was requested.</summary>
    private static string Answer(World world)
    {
        var list = Find(world);
        return JsonSerializer.Serialize(
            new
            {
                list.Projects,
                BeyondHelp = list.BeyondHelp.OrderBy(each => each.Requirement, StringComparer.Ordinal),
            }
        );
    }

    private static PackageName Name(string text) => PackageName.Parse(text);

    private static IEnumerable<(string Name, string Version)> Admitted(World world, string name) =>
        Versions
            .Where(version => !world.Request.Exclusions.Any(each => each.Covers(Name(name), Version.Parse(version))))
            .Select(version => (name, version));

    private static string? Meeting(World world, MissingProject project)
    {
        var set = SpecifierSet.Parse(string.Join(',', project.Wanted));
        return Admitted(world, project.Name)
            .Select(each => each.Version)
            .FirstOrDefault(each => set.Contains(Version.Parse(each)));
    }

    /// <summary>Whether there is a plan with these; null where the reference gave up.</summary>
    private static bool? Solves(World world, MissingList list, IEnumerable<(string Name, string Version)> added) =>
        ReferenceSolver.TrySolve(
            new CandidateProblem(
                new ToyArchive(
                    world.Lines + string.Concat(added.Select(each => $"{each.Name} {each.Version} wheel:\n"))
                ),
                world.Without(list)
            ),
            Budget,
            out var selection
        )
            ? selection is not null
            : null;

    private static string Told(World world, MissingList list) =>
        $"{world.Lines}\n{string.Join(", ", world.Request.Roots)}\n{JsonSerializer.Serialize(list.Projects)}\n{JsonSerializer.Serialize(list.BeyondHelp)}";
}
