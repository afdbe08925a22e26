using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Verification;
using Resolver.Testing;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Verification;

/// <summary>
/// Faults of the translation, planted one at a time: the planner sees an archive and a request that are misread, and
/// the verifier, which starts from what is really there, has to refuse the plan for at least one of the problems.
/// </summary>
public sealed class MutationTests
{
    private static SupportedTags Linux { get; } = SupportedTags.ForCPython(3, 11, ["linux_x86_64"]);

    private static readonly PackageName Lib = PackageName.Parse("lib");

    /// <summary>Each exercises some clauses of the metadata and of the request; each has a plan as it is.</summary>
    private static readonly (string Archive, PlanRequest Request)[] Problems =
    [
        ("app 1: lib<2, other\nlib 1\nlib 2\nother 1", Ask("app")),
        ("app 1: lib<=1\nlib 1\nlib 0.5", Ask("app")),
        ("app 1: lib<=1, lib>=1\nlib 1", Ask("app")),
        ("app 1: lib>=2\nlib 2", Ask("app, lib")),
        ("app 1: lib>=1\nlib 1\nlib 2", Ask("app")),
        ("app 1: lib>1\nlib 2\nlib 1", Ask("app") with { Resolution = ResolutionMode.Lowest }),
        ("app 1: lib==1\nlib 1\nlib 2", Ask("app")),
        ("app 1: lib!=2\nlib 1\nlib 2", Ask("app")),
        ("app 1: lib~=1.0\nlib 1.5\nlib 2", Ask("app")),
        ("app 1: lib | python_version >= '3.8'\nlib 1", Ask("app")),
        ("app 1: lib | python_version < '3.8'\nlib 1", Ask("app")),
        ("app 1: lib | sys_platform == 'win32'\nlib 1", Ask("app")),
        ("app 1: lib | sys_platform == 'linux' and python_version < '3'\nlib 1", Ask("app")),
        ("app 1: lib | extra == 'x'\nlib 1\ntop 1: app[x]", Ask("top")),
        ("app 1: lib | extra == 'x'\nlib 1\ntop 1: app", Ask("top")),
        ("app 1: lib @ file:///archive/lib-1.whl\nlib 2\nlib 1", Ask("app")),
        ("app 1 sdist: lib; build: tool>=2, helper\nlib 1\ntool 1\ntool 2\nhelper 1 sdist", Ask("app")),
        ("app 1 sdist: ; build: tool==1\ntool 1\ntool 2", Ask("app")),
        ("app 1 sdist: ; build: tool | python_version < '3'\ntool 1", Ask("app")),
        ("lib 1\nlib 2: ; python: >=3.12", Ask("lib")),
        ("lib 1\nlib 2: ; tags: cp38-cp38-win_amd64", Ask("lib") with { Tags = Linux }),
        ("lib 1\nlib 2: ; yanked", Ask("lib")),
        ("lib 1\nlib 2a1", Ask("lib") with { Prerelease = PrereleaseMode.Disallow }),
        ("lib 1\nlib 2", Ask("lib") with { Constraints = [Requirement.Parse("lib<2")] }),
        ("app 1: lib==2\nlib 1\nlib 2", Ask("app") with { Overrides = [Requirement.Parse("lib==1")] }),
        ("lib 1\nlib 2", Ask("lib") with { Exclusions = [new Exclusion(Lib, SpecifierSet.Parse("==2"))] }),
        ("lib 1 sdist\nlib 1", Ask("lib") with { NoBinary = NameFilter.All }),
        ("lib 1\nlib 2 sdist", Ask("lib") with { OnlyBinary = NameFilter.All }),
        (
            "lib 1\nlib 2",
            Ask("lib") with
            {
                Pinned = new Dictionary<PackageName, Version> { [Lib] = Version.Parse("1") },
            }
        ),
        ("app 1\nlib 1\nlib 2: ; unusable: is broken", Ask("app, lib")),
        ("unknown 1\nunknown 2", Ask("unknown")),
        ("app 1 sdist: ; build: tool\ntool 1", Ask("app") with { BuildIsolation = BuildIsolation.PerBuild }),
    ];

    public static TheoryData<string> Names => [.. Mutants.All.Select(each => each.Name)];

    [Fact]
    public void Every_problem_has_a_plan_that_passes()
    {
        foreach (var (archive, request) in Problems)
        {
            var source = Source(archive);
            var plan = Assert.IsType<PlanOutcome.Planned>(Planner.Plan(source, request, PlanLimits.None)).Plan;
            Assert.Empty(PlanVerifier.Violations(plan, request));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Verifier_refuses_what_a_faulty_translation_plans(string name)
    {
        var mutant = Mutants.All.Single(each => each.Name == name);

        Assert.Contains(Problems, problem => Refuses(mutant, problem.Archive, problem.Request));
    }

    private static bool Refuses(Mutant mutant, string archive, PlanRequest request)
    {
        var source = new DistortedSource(Source(archive), mutant.Candidate);
        if (
            Planner.Plan(source, mutant.Request(request), PlanLimits.None) is not PlanOutcome.Planned { Plan: var plan }
        )
            return false;
        return PlanVerifier.Violations(AsItIs(plan, source), request).Count > 0;
    }

    /// <summary>The plan with the candidates as they really are.</summary>
    private static Plan AsItIs(Plan plan, DistortedSource source)
    {
        return plan with
        {
            Steps = [.. plan.Steps.Select(Step)],
            Builds =
            [
                .. plan.Builds.Select(build => new PlannedBuild(
                    build.Stage,
                    source.Original(build.Candidate),
                    [.. build.Requires.Select(Planned)],
                    [.. build.Steps.Select(Step)]
                )),
            ],
        };

        PlanStep Step(PlanStep step) =>
            step with
            {
                Candidate = source.Original(step.Candidate),
                Requires = [.. step.Requires.Select(Planned)],
            };

        PlannedRequirement Planned(PlannedRequirement each) =>
            each with
            {
                SatisfiedBy = each.SatisfiedBy is { } by ? source.Original(by) : null,
            };
    }

    private static PlanRequest Ask(string roots) => ToyArchive.Ask(roots);

    /// <summary>A toy archive, of which <c>unknown 2</c> does not say what it requires, and <c>lib 1</c> lies where a
    /// URL points.</summary>
    private static DistortedSource Source(string archive) =>
        new(
            new ToyArchive(archive),
            each => new Candidate
            {
                Name = each.Name,
                Version = each.Version,
                Kind = each.Kind,
                Path = each.Name == Lib && each.Version.ToString() == "1" ? "/archive/lib-1.whl" : each.Path,
                Requires = each.Name.Normalized == "unknown" && each.Version.ToString() == "2" ? null : each.Requires,
                BuildRequires = each.BuildRequires,
                RequiresPython = each.RequiresPython,
                Tags = each.Tags,
                Yanked = each.Yanked,
                UnusableBecause = each.UnusableBecause,
            }
        );
}
