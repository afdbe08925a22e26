using CsCheck;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Resolution.Verification;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Isolation;

/// <summary><c>--build-isolation per-build</c>: each build has an environment of its own, solved separately from the
/// same archive and what is installed.</summary>
public sealed class BuildIsolationTests
{
    [Fact]
    public void A_build_may_use_another_version_than_the_plan_has()
    {
        const string archive = "app 1 sdist: lib>=2; build: lib<2\nlib 1\nlib 2";

        Assert.IsType<PlanOutcome.Impossible>(
            Planner.Plan(new ToyArchive(archive), ToyArchive.Ask("app"), PlanLimits.None)
        );
        Assert.Equal("app 1 (Sdist), lib 2 (Wheel) | app: lib 1 (Wheel)", Told(archive, "app"));
    }

    [Fact]
    public void A_version_that_cannot_be_built_is_passed_over() =>
        Assert.Equal("app 1 (Wheel) | ", Told("app 2 sdist: build: tool>=9\napp 1\ntool 1", "app"));

    [Fact]
    public void What_a_build_needs_is_built_first_and_once()
    {
        const string archive =
            "a 1 sdist: b; build: tool\nb 1 sdist: build: tool\ntool 1 sdist: helper; build: base\nhelper 1\nbase 1 "
            + "sdist";

        var plan = Plan(archive, "a");

        Assert.Equal(
            ["1 base", "2 tool", "3 a", "3 b"],
            plan.Builds.Select(each => $"{each.Stage} {each.Candidate.Name}")
        );
        Assert.Equal(["helper 1 (Wheel)", "tool 1 (Sdist)"], plan.Builds[2].Steps.Select(each => $"{each.Candidate}"));
        Assert.Equal(["a 1 (Sdist)", "b 1 (Sdist)"], plan.Steps.Select(each => $"{each.Candidate}"));
    }

    [Fact]
    public void What_is_installed_serves_builds_where_it_satisfies() =>
        Assert.Equal(
            "app 1 (Sdist) | app: tool 1 (Installed)",
            Told("app 1 sdist: build: tool\ntool 1 installed\ntool 2", "app")
        );

    [Fact]
    public void An_older_version_of_itself_may_build_a_project() =>
        Assert.Equal(
            "a 3 (Sdist) | a: a 2 (Sdist); a: a 1 (Wheel)",
            Told("a 3 sdist: build: a\na 2 sdist: build: a\na 1", "a")
        );

    [Fact]
    public void A_cycle_of_builds_ends_where_something_need_not_be_built()
    {
        const string archive = "setuptools 2 sdist: build: wheel\nwheel 2 sdist: build: setuptools\nwheel 1";

        Assert.Equal("setuptools 2 (Sdist) | setuptools: wheel 1 (Wheel)", Told(archive, "setuptools"));
    }

    [Fact]
    public void An_endless_cycle_is_explained_from_the_request_inwards()
    {
        var impossible = Assert.IsType<PlanOutcome.Impossible>(
            Planner.Plan(new ToyArchive("a 1 sdist: build: b\nb 1 sdist: build: a"), Ask("a"), PlanLimits.None)
        );

        Assert.True(impossible.Explanation.Minimal);
        Assert.Contains(
            "a 1 cannot be used: it cannot be built: it requires b; b 1 cannot be used: it cannot be built: it "
                + "requires a; a 1 cannot be used: it would have to be there to be built itself",
            impossible.Explanation.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_reason_why_a_build_fails_is_part_of_the_explanation()
    {
        var impossible = Assert.IsType<PlanOutcome.Impossible>(
            Planner.Plan(new ToyArchive("app 2 sdist: build: tool>=9\ntool 1"), Ask("app"), PlanLimits.None)
        );

        var fact = Assert.Single(impossible.Explanation.Core.OfType<Fact.Unusable>());
        Assert.Equal(
            ("app", "build", "cannot be built: it requires tool>=9, but only tool 1 is available"),
            (fact.Name, fact.Why, fact.Detail)
        );
    }

    [Fact]
    public void A_waived_requirement_is_listed_and_not_in_the_environment()
    {
        var plan = Plan(
            "a 1 sdist: build: numpy, tool\ntool 1",
            Ask("a") with
            {
                Waivers = [new Waiver(PackageName.Parse("a"), PackageName.Parse("numpy"))],
            }
        );

        Assert.Equal(
            ["tool: tool 1 (Wheel)", "numpy: "],
            plan.Builds[0].Requires.Select(each => $"{each.Requirement}: {each.SatisfiedBy}")
        );
        Assert.Equal(
            ["tool: tool 1 (Wheel)", "numpy: "],
            plan.Steps[0].Requires.Select(each => $"{each.Requirement}: {each.SatisfiedBy}")
        );
    }

    [Fact]
    public void A_constraint_is_about_the_plan_and_an_exclusion_about_everything()
    {
        const string archive = "app 1 sdist: lib; build: lib\nlib 1\nlib 2\nlib 3";
        var request = Ask("app") with
        {
            Constraints = [Requirement.Parse("lib<2")],
            Exclusions = [new Exclusion(PackageName.Parse("lib"), Packaging.Specifiers.SpecifierSet.Parse("==3"))],
        };

        Assert.Equal("app 1 (Sdist), lib 1 (Wheel) | app: lib 2 (Wheel)", Told(Plan(archive, request)));
    }

    [Fact]
    public void Fewest_builds_goes_with_it() =>
        Assert.Equal(
            "a 1 (Wheel) | ",
            Told(Plan("a 2 sdist: build: tool\na 1\ntool 1", Ask("a") with { Objectives = [Objective.FewestBuilds] }))
        );

    [Fact]
    public void Where_the_time_is_up_nothing_is_claimed() =>
        Assert.IsType<PlanOutcome.GaveUp>(
            Planner.Plan(
                new ToyArchive("a 1 sdist: build: b\nb 1"),
                Ask("a"),
                new PlanLimits(Deadline.After(TimeSpan.Zero))
            )
        );

    [Fact]
    public void A_chain_of_builds_deeper_than_a_stack_is_planned_and_refuted()
    {
        var archive = string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"p{i} 1 sdist: build: p{i + 1}"));

        Assert.Equal(3_000, Plan(archive + "\np3000 1", "p0").Builds.Count);
        Assert.IsType<PlanOutcome.Impossible>(Planner.Plan(new ToyArchive(archive), Ask("p0"), PlanLimits.None));
    }

    [Fact]
    public void What_can_be_built_is_the_least_set_of_which_each_can_be_built_by_the_others()
    {
        var (buildable, not, circular) = (0, 0, 0);
        ToyArchiveGenerator
            .Archive(projects: 6, versions: 4)
            .Sample(
                world =>
                {
                    var archive = new ToyArchive(world.Lines);
                    var expected = LeastFixpoint(archive);
                    var found = RequestedProblem.Builds(archive, Ask(world.Roots), PlanLimits.None);
                    foreach (var candidate in archive.All.Where(each => each.IsBuilt))
                    {
                        Assert.Equal(expected.Contains(candidate), found.WhyNot(candidate) is null);
                        if (expected.Contains(candidate))
                            Interlocked.Increment(ref buildable);
                        else
                            Interlocked.Increment(ref not);
                    }

                    // And the best plan is the best one where exactly these can be had.
                    var planned = Planner.Plan(archive, Ask(world.Roots), PlanLimits.None) as PlanOutcome.Planned;
                    var reference =
                        Planner.Plan(new Given(archive, expected), ToyArchive.Ask(world.Roots), PlanLimits.None)
                        as PlanOutcome.Planned;
                    Assert.Equal(
                        reference?.Plan.Steps.Select(each => Name(each.Candidate)).Order(StringComparer.Ordinal),
                        planned?.Plan.Steps.Select(each => Name(each.Candidate)).Order(StringComparer.Ordinal)
                    );
                    if (
                        planned is not null
                        && planned.Plan.Builds.Any(each =>
                            each.Steps.Any(step => step.Candidate.Name == each.Candidate.Name)
                        )
                    )
                        Interlocked.Increment(ref circular);
                },
                iter: 500
            );

        Assert.True(
            buildable > 200 && not > 200 && circular > 2,
            $"{buildable} can be built, {not} cannot, {circular} by another version of itself"
        );
    }

    [Fact]
    public void Verifier_finds_what_is_wrong_with_isolated_builds()
    {
        var plan = Plan("a 1 sdist: build: tool\ntool 1 sdist: build: base\nbase 1", "a");

        Assert.Empty(Violations(plan));
        Assert.Contains(
            "the build of a 1 (Sdist) needs tool 1 (Sdist), which is not built before it",
            Violations(plan with { Builds = [.. plan.Builds.Skip(1)] })
        );
        Assert.Contains("nothing builds a 1 (Sdist)", Violations(plan with { Builds = [.. plan.Builds.Take(1)] }));
        Assert.Contains(
            "the request requires tool, which is not planned",
            Violations(plan with { Builds = [.. plan.Builds.Select(each => each with { Steps = [] })] })
        );
    }

    private static IEnumerable<string> Violations(Plan plan) =>
        PlanVerifier.Violations(plan, Ask("a")).Select(each => each.Text);

    private static HashSet<Candidate> LeastFixpoint(ToyArchive archive)
    {
        var buildable = new HashSet<Candidate>();
        while (true)
        {
            var given = new Given(archive, buildable);
            var more = archive
                .All.Where(each =>
                    each.IsBuilt
                    && !buildable.Contains(each)
                    && new DomainSolver().Solve(
                        new CandidateProblem(given, ToyArchive.Ask("") with { Roots = each.BuildRequires! }),
                        SolveOptions.Default
                    ) is Outcome.Satisfiable
                )
                .ToList();
            if (more.Count == 0)
                return buildable;
            buildable.UnionWith(more);
        }
    }

    private static PlanRequest Ask(string roots) =>
        ToyArchive.Ask(roots) with
        {
            BuildIsolation = BuildIsolation.PerBuild,
        };

    private static Plan Plan(string archive, string roots) => Plan(archive, Ask(roots));

    private static Plan Plan(string archive, PlanRequest request) =>
        Assert.IsType<PlanOutcome.Planned>(Planner.Plan(new ToyArchive(archive), request, PlanLimits.None)).Plan;

    private static string Name(Candidate candidate) => $"{candidate.Name} {candidate.Version}";

    private static string Told(string archive, string roots) => Told(Plan(archive, roots));

    /// <summary>What is installed, then each build that was not given everything: the outermost first.</summary>
    private static string Told(Plan plan) =>
        $"{string.Join(", ", plan.Steps.Select(each => each.Candidate))} | {string.Join("; ", plan.Builds.Reverse().Select(each => $"{each.Candidate.Name}: {string.Join(", ", each.Steps.Select(step => step.Candidate))}"))}";

    /// <summary>An archive in which exactly these can be built, out of nothing.</summary>
    private sealed class Given(ToyArchive archive, HashSet<Candidate> buildable) : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => archive.Projects;

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
            [
                .. archive
                    .All.Where(each => each.Name == project && (!each.IsBuilt || buildable.Contains(each)))
                    .Select(each =>
                        !each.IsBuilt
                            ? each
                            : new Candidate
                            {
                                Name = each.Name,
                                Version = each.Version,
                                Kind = DistributionKind.Sdist,
                                Path = each.Path,
                                Requires = each.Requires,
                                BuildRequires = [],
                            }
                    ),
            ];
    }
}
