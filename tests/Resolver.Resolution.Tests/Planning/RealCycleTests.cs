using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>Cycles of builds that real projects have had, with a way out and without, in both ways of
/// building.</summary>
public sealed class RealCycleTests
{
    /// <summary>tomli is built by flit_core; flit_core 3.4 to 3.6 reads its configuration with tomli.</summary>
    private const string Flit = """
        tomli 1.2.3 sdist: build: flit-core>=3.2
        flit-core 3.6 sdist: tomli
        """;

    /// <summary>Each is built by the other, as under <c>--no-binary :all:</c>.</summary>
    private const string Setuptools = """
        setuptools 65 sdist: build: wheel
        wheel 0.38 sdist: build: setuptools>=57
        """;

    /// <summary>setuptools-scm 10 stands on vcs-versioning, which hatchling builds, which needs pluggy to run, which
    /// setuptools-scm builds.</summary>
    private const string Scm = """
        setuptools 80 sdist
        setuptools-scm 10 sdist: vcs-versioning, setuptools; build: setuptools>=61, vcs-versioning
        vcs-versioning 1 sdist: packaging; build: hatchling
        hatchling 1.29 sdist: packaging, pathspec, pluggy, trove-classifiers
        pluggy 1.6 sdist: build: setuptools>=65, setuptools-scm>=8
        pathspec 0.12 sdist: build: flit-core<4,>=3.2
        packaging 25 sdist: build: flit-core>=3.3
        trove-classifiers 2025 sdist: build: setuptools, calver
        calver 2025 sdist: build: setuptools
        flit-core 3.12 sdist
        """;

    [Theory]
    [InlineData("flit-core 3.9 sdist", "1:flit-core-3.9 2:tomli-1.2.3")] // it carries tomli with it, and builds itself
    [InlineData("tomli 1.2.2 wheel", "1:tomli-1.2.2")]
    [InlineData("tomli 1.2.3 wheel", "1:tomli-1.2.3")]
    [InlineData("flit-core 3.2 installed", "0:flit-core-3.2 1:tomli-1.2.3")]
    public void Tomli_comes_out_of_its_cycle_with_flit_core(string wayOut, string expected) =>
        Assert.Equal(expected, Steps($"{Flit}\n{wayOut}", "tomli"));

    [Fact]
    public void Without_a_way_out_tomli_and_flit_core_are_both_named() =>
        AssertCycle(Flit, "tomli", "flit-core", "tomli");

    [Theory]
    [InlineData("wheel 0.37 wheel", "1:wheel-0.37 2:setuptools-65")]
    [InlineData("setuptools 59 sdist", "1:setuptools-59")] // an older sdist without the edge
    [InlineData("setuptools 59 installed", "0:setuptools-59")]
    [InlineData(
        "wheel 0.40 sdist: build: flit-core\nflit-core 3.9 sdist",
        "1:flit-core-3.9 2:wheel-0.40 3:setuptools-65"
    )] // wheel left setuptools
    public void Setuptools_comes_out_of_its_cycle_with_wheel(string wayOut, string expected) =>
        Assert.Equal(expected, Steps($"{Setuptools}\n{wayOut}", "setuptools"));

    [Fact]
    public void Without_a_way_out_setuptools_and_wheel_are_both_named() =>
        AssertCycle(Setuptools, "setuptools, wheel", "setuptools", "wheel");

    [Theory]
    [InlineData("setuptools-scm 8 sdist: packaging, setuptools; build: setuptools", "setuptools-scm-8", "pluggy-1.6")]
    [InlineData("pluggy 1.5 wheel", "setuptools-scm-10", "pluggy-1.5")]
    [InlineData("vcs-versioning 0.9 sdist: packaging; build: setuptools", "setuptools-scm-10", "vcs-versioning-0.9")]
    public void Setuptools_scm_comes_out_of_its_cycle_through_hatchling_and_pluggy(
        string wayOut,
        params string[] expected
    )
    {
        var steps = Steps($"{Scm}\n{wayOut}", "setuptools-scm, hatchling")
            .Split(' ')
            .Select(each => each.Split(':')[1])
            .ToList();

        Assert.All(expected, each => Assert.Contains(each, steps));
    }

    [Fact]
    public void Without_a_way_out_all_four_of_the_cycle_of_setuptools_scm_are_named() =>
        AssertCycle(Scm, "setuptools-scm", "setuptools-scm", "vcs-versioning", "hatchling", "pluggy");

    [Fact]
    public void Hatchling_builds_itself_once_what_it_needs_to_run_is_there()
    {
        var archive = Scm.Replace("vcs-versioning, setuptools;", "setuptools;", StringComparison.Ordinal)
            .Replace(">=61, vcs-versioning", ">=61", StringComparison.Ordinal);

        Assert.Equal(
            "1:flit-core-3.12 1:hatchling-1.29 1:setuptools-80 2:calver-2025 2:packaging-25 2:pathspec-0.12 "
                + "2:setuptools-scm-10 3:pluggy-1.6 3:trove-classifiers-2025 4:editables-0.5",
            Steps(archive + "\neditables 0.5 sdist: build: hatchling", "editables, hatchling")
        );
    }

    [Fact]
    public void A_plugin_of_hatchling_waits_for_hatchling_and_all_it_runs_on()
    {
        var archive =
            Scm
            + "\npluggy 1.5 wheel\nhatch-vcs 0.5 sdist: hatchling, setuptools-scm; build: hatchling\nfilelock 3 "
            + "sdist: build: hatchling, hatch-vcs";

        var stages = Steps(archive, "filelock")
            .Split(' ')
            .Select(each => each.Split(':'))
            .ToDictionary(each => each[1], each => int.Parse(each[0]));

        Assert.True(
            stages["filelock-3"] > stages["hatch-vcs-0.5"]
                && stages["hatch-vcs-0.5"] > stages["trove-classifiers-2025"]
                && stages["filelock-3"] > stages["setuptools-scm-10"]
        );
    }

    private static string Steps(string archive, string roots)
    {
        var plan = Assert
            .IsType<PlanOutcome.Planned>(Planner.Plan(new ToyArchive(archive), ToyArchive.Ask(roots), PlanLimits.None))
            .Plan;
        // What builds apart must come out of the cycle as well.
        Assert.IsType<PlanOutcome.Planned>(
            Planner.Plan(
                new ToyArchive(archive),
                ToyArchive.Ask(roots) with
                {
                    BuildIsolation = BuildIsolation.PerBuild,
                },
                PlanLimits.None
            )
        );
        return string.Join(
            " ",
            plan.Steps.Select(each => $"{each.Stage}:{each.Candidate.Name}-{each.Candidate.Version}")
        );
    }

    private static void AssertCycle(string archive, string roots, params string[] members)
    {
        var impossible = Assert.IsType<PlanOutcome.Impossible>(
            Planner.Plan(new ToyArchive(archive), ToyArchive.Ask(roots), PlanLimits.None)
        );
        var cycle = Assert.Single(impossible.Explanation.Core.OfType<Fact.BuildCycle>());
        Assert.All(members, member => Assert.Contains(cycle.Steps, step => step.Name == member));
        Assert.Equal(members.Length, cycle.Steps.Count);
        Assert.True(impossible.Explanation.Minimal);
        Assert.IsType<PlanOutcome.Impossible>(
            Planner.Plan(
                new ToyArchive(archive),
                ToyArchive.Ask(roots) with
                {
                    BuildIsolation = BuildIsolation.PerBuild,
                },
                PlanLimits.None
            )
        );
    }
}
