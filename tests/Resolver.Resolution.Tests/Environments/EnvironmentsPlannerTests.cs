using CsCheck;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Environments;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Verification;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Environments;

/// <summary>One plan for several environments: the laws of docs/planning.md, 'Several environments'.</summary>
public sealed class EnvironmentsPlannerTests
{
    private static readonly EnvironmentRequest[] Three = [.. new[] { 0, 1, 6 }.Select(Named)];

    [Fact]
    public void Of_any_small_world_the_plan_for_three_environments_is_the_one_that_is_defined() =>
        MarkedWorld.Any.Sample(
            world =>
            {
                var expected = AgreementReference.Best(world, [.. Three.Select(each => each.Example)]);

                var outcome = EnvironmentsPlanner.Plan(world, world.Request, Three, PlanLimits.None);

                Assert.Equal(expected is null, outcome is PlanOutcome.Impossible);
                if (outcome is PlanOutcome.Planned { Plan: var plan })
                {
                    for (var i = 0; i < Three.Length; i++)
                        Assert.Equal(Show(expected![i]), Show(plan.For(Three[i].Example)!));
                }
            },
            iter: 1_000
        );

    [Fact]
    public void Both_engines_give_the_same_plan()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        MarkedWorld.Any.Sample(
            world =>
            {
                var own = EnvironmentsPlanner.Plan(world, world.Request, Three, PlanLimits.None);
                var second = EnvironmentsPlanner.Plan(world, world.Request, Three, PlanLimits.None, new Z3Solver());

                Assert.Equal(Show(own), Show(second));
            },
            iter: 100
        );
    }

    [Fact]
    public void A_plan_for_every_environment_exists_exactly_where_each_has_one() =>
        MarkedWorld.Any.Sample(
            world =>
            {
                var each = MarkedWorld.Environments.All(environment =>
                    AgreementReference.Best(world, [environment]) is not null
                );

                Assert.Equal(each, Universal(world) is PlanOutcome.Planned);
            },
            iter: 300
        );

    [Fact]
    public void A_plan_for_every_environment_is_a_plan_for_each_and_agrees_as_far_as_is_defined() =>
        MarkedWorld.Any.Sample(
            world =>
            {
                if (Universal(world) is not PlanOutcome.Planned { Plan: var plan })
                    return;
                foreach (var environment in MarkedWorld.Environments)
                    Assert.Empty(
                        PlanVerifier.Violations(
                            plan.For(environment)!,
                            new EnvironmentRequest(null, MarkerRegion.All, environment).Of(world.Request)
                        )
                    );
                // Which environment comes first matters only where not all can agree: what is first to be agreed on
                // is the same in whatever order they come.
                var expected = AgreementReference.Best(world, MarkedWorld.Environments)!;
                var first = world.Request.Roots[0].Name;
                var versions = expected
                    .Where(one => one.ContainsKey(first))
                    .Select(one => one[first])
                    .Distinct()
                    .ToList();
                if (versions.Count == 1)
                    Assert.Equal(
                        versions,
                        plan.Steps.Where(step => step.Candidate.Name == first)
                            .Select(step => step.Candidate.Version)
                            .Distinct()
                    );
            },
            iter: 300
        );

    [Fact]
    public void Where_nothing_differs_no_step_has_markers()
    {
        var world = new MarkedWorld(
            ["a"],
            [
                [
                    ["b"],
                ],
                [
                    ["c; sys_platform == 'linux'", "c; sys_platform != 'linux'"],
                ],
                [
                    [],
                    [],
                ],
            ]
        );

        var plan = ((PlanOutcome.Planned)Universal(world)).Plan;

        Assert.Equal("a 1, b 1, c 2", Show(plan));
        Assert.Equal(["python_version >= \"3.11\""], plan.Environments.Select(each => each.Markers?.ToString()));
    }

    [Fact]
    public void A_version_that_suits_all_goes_before_newer_ones_that_suit_some()
    {
        var world = new MarkedWorld(
            ["a"],
            [
                [
                    ["b<=1; sys_platform == 'win32'", "b"],
                ],
                [
                    [],
                    [],
                    [],
                ],
            ]
        );

        Assert.Equal("a 1, b 1", Show(((PlanOutcome.Planned)Universal(world)).Plan));
    }

    [Fact]
    public void Where_not_all_can_agree_as_many_as_can_follow_those_before_them()
    {
        var world = new MarkedWorld(
            ["a==1; sys_platform == 'linux'", "a==3; sys_platform == 'win32'", "a<3; sys_platform == 'darwin'"],
            [
                [
                    [],
                    [],
                    [],
                ],
            ]
        );

        Assert.Equal(
            "a 1 (sys_platform != \"win32\"), a 3 (sys_platform == \"win32\")",
            Show(EnvironmentsPlanner.Plan(world, world.Request, [Named(0), Named(1), Named(2)], PlanLimits.None))
        );
    }

    [Fact]
    public void Requirements_that_contradict_each_other_in_different_environments_only_divide_what_they_must()
    {
        var world = new MarkedWorld(
            ["a; sys_platform == 'linux'", "b; sys_platform == 'darwin'", "d"],
            [
                [
                    ["c<=1"],
                ],
                [
                    ["c>=2"],
                ],
                [
                    [],
                    [],
                ],
                [
                    ["c"],
                ],
            ]
        );

        Assert.Equal(
            "a 1 (sys_platform == \"linux\"), b 1 (sys_platform == \"darwin\"), c 1 (sys_platform == \"linux\"), c 2 "
                + "(sys_platform != \"linux\"), d 1",
            Show(((PlanOutcome.Planned)Universal(world)).Plan)
        );
    }

    [Fact]
    public void The_environment_without_a_plan_is_named()
    {
        var world = new MarkedWorld(
            ["a", "a<1; sys_platform == 'win32'"],
            [
                [
                    [],
                ],
            ]
        );

        var outcome = Assert.IsType<PlanOutcome.Impossible>(Universal(world));

        Assert.StartsWith(
            "For sys_platform == \"win32\" and python_version >= \"3.11\":\n",
            outcome.Explanation.Text,
            StringComparison.Ordinal
        );
    }

    private static PlanOutcome Universal(MarkedWorld world) =>
        UniversalPlanner.Plan(
            world,
            world.Request,
            UniversalScope.Of(MarkedWorld.Environments[0], null),
            PlanLimits.None
        );

    private static EnvironmentRequest Named(int index)
    {
        var environment = MarkedWorld.Environments[index];
        return new EnvironmentRequest(
            $"environment {index}",
            MarkerRegion.Parse(
                $"sys_platform == '{environment.SysPlatform}' and python_version == '{environment.PythonVersion}'"
            ),
            environment
        );
    }

    private static string Show(PlanOutcome outcome) =>
        outcome is PlanOutcome.Planned { Plan: var plan } ? Show(plan) : outcome.GetType().Name;

    private static string Show(Plan plan) =>
        string.Join(
            ", ",
            plan.Steps.OrderBy(step => step.Candidate.Name)
                .ThenBy(step => step.Candidate.Version)
                .Select(step =>
                    $"{step.Candidate.Name} "
                    + $"{step.Candidate.Version}{(step.Markers is { } markers ? $" ({markers})" : "")}"
                )
        );

    private static string Show(IReadOnlyDictionary<PackageName, Version> selection) =>
        string.Join(", ", selection.OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Value}"));
}
