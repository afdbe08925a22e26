using System.Collections.Concurrent;
using CsCheck;
using Resolver.Packaging.Names;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Tests.Solving;
using Resolver.Resolution.Translation;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Resolver.Testing;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Objectives;

/// <summary><c>--objective</c>: each is proven optimal, several count in the order given, and among equals the newest
/// is chosen.</summary>
public sealed class ObjectiveTests
{
    private static readonly Objective[][] Lists =
    [
        [Objective.FewestPackages],
        [Objective.FewestBuilds],
        [Objective.FewestChanges],
        [Objective.FewestBuilds, Objective.FewestPackages, Objective.FewestChanges],
        [Objective.FewestChanges, Objective.FewestBuilds],
        [Objective.FewestPackages, Objective.Newest, Objective.FewestBuilds],
    ];

    [Fact]
    public void Each_objective_comes_to_what_trying_everything_finds()
    {
        var (tried, unfinished, different) = (new ConcurrentBag<int>(), 0, 0);
        ToyArchiveGenerator
            .Archive(projects: 8, versions: 5)
            .Sample(
                world =>
                {
                    var request = Request(world.Roots);
                    var problem = new CandidateProblem(new ToyArchive(world.Lines), request);
                    var search = new ExhaustiveSearch(problem);
                    var best = new (int[] Cost, string Steps)?[Lists.Length];
                    foreach (var selection in search.All())
                    {
                        if (search.Tried > 400_000)
                        {
                            Interlocked.Increment(ref unfinished);
                            return;
                        }

                        for (var i = 0; i < Lists.Length; i++)
                        {
                            int[] cost =
                            [
                                .. Counted(Lists[i])
                                    .Select(objective =>
                                        selection.Count(item =>
                                            problem.Counts(objective, item.Variable, item.Candidate)
                                        )
                                    ),
                            ];
                            if (best[i] is not { } known || cost.AsSpan().SequenceCompareTo(known.Cost) < 0)
                                best[i] = (cost, Steps(problem, selection));
                        }
                    }

                    tried.Add(search.Tried);
                    for (var i = 0; i < Lists.Length; i++)
                    {
                        var planned =
                            Planner.Plan(
                                new ToyArchive(world.Lines),
                                request with
                                {
                                    Objectives = Lists[i],
                                },
                                PlanLimits.None
                            ) as PlanOutcome.Planned;
                        Assert.Equal(best[i]?.Steps, planned is null ? null : Steps(planned.Plan));
                        Assert.Equal(best[i]?.Cost, planned?.Plan.Objectives.Select(each => each.Value));
                        Assert.True(
                            planned is null || (planned.Proven && planned.Plan.Objectives.All(each => each.IsProven))
                        );
                        if (best[i]?.Steps != best[0]?.Steps)
                            Interlocked.Increment(ref different);
                    }
                },
                iter: 5000
            );

        Assert.True(unfinished < 25, $"{unfinished} were too large for trying everything");
        Assert.True(different > 500, $"objectives differ only {different} times");
    }

    [Fact]
    public void The_second_engine_gives_the_same_answer()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, "Z3's library is not installed");
        ToyArchiveGenerator
            .Archive(projects: 6, versions: 4)
            .Sample(
                world =>
                {
                    foreach (var objectives in Lists)
                    {
                        var request = Request(world.Roots) with { Objectives = objectives };
                        var own =
                            Planner.Plan(new ToyArchive(world.Lines), request, PlanLimits.None) as PlanOutcome.Planned;
                        var other =
                            Planner.Plan(new ToyArchive(world.Lines), request, PlanLimits.None, new Z3Solver())
                            as PlanOutcome.Planned;
                        Assert.Equal(own is null ? null : Steps(own.Plan), other is null ? null : Steps(other.Plan));
                    }
                },
                iter: 150
            );
    }

    [Fact]
    public void An_older_version_that_is_a_wheel_saves_a_build_where_builds_are_to_be_few()
    {
        const string archive = "a 2 sdist: build: tool\na 1\ntool 1 sdist";

        Assert.Equal("a 1 (Wheel)", Steps(Plan(archive, "a", Objective.FewestBuilds)));
        Assert.Equal("a 2 (Sdist), tool 1 (Sdist)", Steps(Plan(archive, "a")));
    }

    [Fact]
    public void What_comes_first_counts_most()
    {
        // With a 2 there are no builds but three packages; with a 1 there are two packages, one of them built.
        const string archive = "a 2: b, c\na 1: d\nb 1\nc 1\nd 1 sdist";

        Assert.Equal(
            "a 2 (Wheel), b 1 (Wheel), c 1 (Wheel)",
            Steps(Plan(archive, "a", Objective.FewestBuilds, Objective.FewestPackages))
        );
        Assert.Equal(
            "a 1 (Wheel), d 1 (Sdist)",
            Steps(Plan(archive, "a", Objective.FewestPackages, Objective.FewestBuilds))
        );
    }

    [Fact]
    public void An_installed_version_goes_only_where_it_must_and_then_alone()
    {
        // The newest app would move both lib and fmt; the one before moves only lib, which no app can do without.
        const string archive =
            "app 3: lib>=2, fmt>=2\napp 2: lib>=2, fmt\nlib 1 installed\nlib 2\nfmt 1 installed\nfmt 2";

        Assert.Equal(
            "app 2 (Wheel), fmt 1 (Installed), lib 2 (Wheel)",
            Steps(Plan(archive, "app", Objective.FewestChanges))
        );
        Assert.Equal("app 3 (Wheel), fmt 2 (Wheel), lib 2 (Wheel)", Steps(Plan(archive, "app")));
    }

    [Fact]
    public void A_version_of_the_lock_is_no_change_and_what_is_to_be_upgraded_is_free()
    {
        const string archive = "app 1: lib\napp 2: lib>=2\nlib 1\nlib 2";
        var locked = ToyArchive.Ask("app>=1") with
        {
            Objectives = [Objective.FewestChanges],
            Preferred = Versions("app 1", "lib 1"),
        };

        Assert.Equal("app 1 (Wheel), lib 1 (Wheel)", Steps(Plan(archive, locked)));
        Assert.Equal("app 2 (Wheel), lib 2 (Wheel)", Steps(Plan(archive, locked with { Upgrade = NameFilter.All })));
    }

    [Fact]
    public void Alternatives_of_equal_number_are_not_tried_one_by_one()
    {
        // Thirty choices between two of the same cost: 2^30 selections, one core each.
        var archive = string.Join(
            '\n',
            Enumerable.Range(0, 30).Select(i => $"p{i} 2: x{i}\np{i} 1: y{i}\nx{i} 1\ny{i} 1")
        );
        var request = ToyArchive.Ask(string.Join(", ", Enumerable.Range(0, 30).Select(i => $"p{i}"))) with
        {
            Objectives = [Objective.FewestPackages],
        };

        var plan = Plan(archive, request);

        Assert.Equal(new ObjectiveValue(Objective.FewestPackages, 60, 60), Assert.Single(plan.Objectives));
        Assert.True(plan.Statistics.Conflicts < 2_000, $"{plan.Statistics.Conflicts} conflicts");
    }

    [Fact]
    public void Where_a_limit_comes_first_the_plan_says_between_which_numbers_it_stopped()
    {
        const string archive = "a 2: b, c\na 1: d\nb 1\nc 1\nd 1";
        var request = ToyArchive.Ask("a") with { Objectives = [Objective.FewestPackages, Objective.FewestBuilds] };

        var planned = Assert.IsType<PlanOutcome.Planned>(
            Planner.Plan(new ToyArchive(archive), request, new PlanLimits(Conflicts: 1))
        );

        Assert.False(planned.Proven);
        Assert.Equal(new ObjectiveValue(Objective.FewestPackages, 3, 1), planned.Plan.Objectives[0]);
        Assert.Equal(new ObjectiveValue(Objective.FewestBuilds, 0, 0), planned.Plan.Objectives[1]);
    }

    [Fact]
    public void A_plan_with_objectives_is_read_back_as_it_was_written()
    {
        var plan = Plan("a 2 sdist\na 1", "a", Objective.FewestBuilds);

        var bytes = PlanJson.Write(plan with { Steps = [] });

        Assert.Equal(plan.Objectives, PlanJson.Read(bytes, "plan.json").Objectives);
    }

    private static IEnumerable<Objective> Counted(Objective[] list) => list.TakeWhile(each => each != Objective.Newest);

    private static PlanRequest Request(string roots) =>
        ToyArchive.Ask(roots) with
        {
            Preferred = Versions("b 1", "c 2", "e 1"),
        };

    private static Dictionary<PackageName, Version> Versions(params string[] pins) =>
        pins.Select(pin => pin.Split(' ')).ToDictionary(pin => PackageName.Parse(pin[0]), pin => Version.Parse(pin[1]));

    private static Plan Plan(string archive, string roots, params Objective[] objectives) =>
        Plan(archive, ToyArchive.Ask(roots) with { Objectives = objectives });

    private static Plan Plan(string archive, PlanRequest request) =>
        Assert.IsType<PlanOutcome.Planned>(Planner.Plan(new ToyArchive(archive), request, PlanLimits.None)).Plan;

    private static string Steps(Plan plan) =>
        string.Join(", ", plan.Steps.Select(each => $"{each.Candidate}").Order(StringComparer.Ordinal));

    private static string Steps(
        CandidateProblem problem,
        IReadOnlyList<(VariableId Variable, int Candidate)> selection
    ) =>
        string.Join(
            ", ",
            selection
                .Where(each => !problem.IsExtra(each.Variable))
                .Select(each => $"{problem.CandidatesOf(each.Variable)[each.Candidate]}")
                .Order(StringComparer.Ordinal)
        );
}
