using System.Text.Json;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Environments;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>The scenarios of packse and uv, for one environment and for all of them (<c>universal</c>).</summary>
public sealed class PackseTests
{
    private const string File = "packse/scenarios.json";

    /// <summary>Where we differ on purpose, by name (packse's and uv's are one list), with the standard's sentence or
    /// our own rule.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["python-less-than-current"] =
            "expects an upper bound of Requires-Python to be ignored; core metadata: 'This field specifies the "
            + "Python version(s) that the distribution is compatible with. Installation tools may look at this "
            + "when picking which version of a project to install', and pip honours the bound",
        ["fork-non-local-fork-marker-direct"] =
            "expects none, because a search that divides environments only between siblings does not see where to "
            + "divide; every environment has a selection, so there is a plan",
        ["fork-non-local-fork-marker-transitive"] =
            "likewise: two requirements with disjoint markers contradict each other only where nobody compares the "
            + "markers",
        ["preferences-dependent-forking-conflicting"] =
            "expects none of a search that does not divide; on Linux foo 1 and bar 2 will do, elsewhere foo 2 and "
            + "bar 1 (uv's own lock has just these)",
        ["wrong-backtracking-basic"] =
            "expects the newest b and an old a; the best answer is defined (decision 0010) as the roots in the order "
            + "given, each as high as any selection allows, and a is given first",
        ["wrong-backtracking-indirect"] = "likewise",
        ["lock-without-metadata"] = "names packages of dependency groups and extras that the scenario's data leave out",
    };

    [Fact]
    public void Each_scenario_comes_out_as_expected()
    {
        using var document = Conformance.Open(File);
        var superseded = document
            .RootElement.GetProperty("scenarios")
            .EnumerateArray()
            .Where(each => each.GetProperty("source").GetString() == "uv")
            .Select(each => each.GetProperty("name").GetString())
            .ToHashSet();

        // uv's own suite has moved on from packse's for these names: what uv expects today is what counts.
        Conformance.Check(
            File,
            "scenarios",
            scenario =>
                (
                    scenario.GetProperty("source").GetString() == "packse"
                    && superseded.Contains(scenario.GetProperty("name").GetString())
                ) || Differences.ContainsKey(scenario.GetProperty("name").GetString()!)
                    ? null
                    : Judge(scenario)
        );
    }

    private static string? Judge(JsonElement scenario)
    {
        var expected = scenario.GetProperty("expected");
        var source = new ScenarioSource(scenario.GetProperty("packages"));
        var outcome =
            scenario.GetProperty("resolver_options").GetProperty("universal").ValueKind == JsonValueKind.True
                ? UniversalPlanner.Plan(source, Request(scenario), Scope(scenario), PlanLimits.None)
                : Planner.Plan(source, Request(scenario), PlanLimits.None);
        if (outcome is not PlanOutcome.Planned { Plan: var plan })
            return expected.GetProperty("satisfiable").GetBoolean()
                ? $"expected a plan, found: "
                    + $"{(outcome as PlanOutcome.Impossible)?.Explanation.Text ?? outcome.ToString()}"
                : null;
        var found = plan.Steps.ToLookup(each => each.Candidate.Name.Normalized, each => each.Candidate.Version);
        if (!expected.GetProperty("satisfiable").GetBoolean())
            return $"expected none, found {Show(plan)}";
        // A scenario names one version a project, also where there are several in a plan for all environments.
        var differing = expected
            .GetProperty("packages")
            .EnumerateObject()
            .Where(each =>
                !found[PackageName.Parse(each.Name).Normalized].Contains(Version.Parse(each.Value.GetString()!))
            )
            .ToList();
        return differing.Count == 0
            ? null
            : $"expected {string.Join(", ", differing.Select(each => $"{each.Name} {each.Value}"))}, found "
                + $"{Show(plan)}";
    }

    private static UniversalScope Scope(JsonElement scenario) =>
        UniversalScope.Of(
            Request(scenario).Environment,
            scenario.GetProperty("root").GetProperty("requires_python").GetString() is { } bound
                ? SpecifierSet.Parse(bound)
                : null
        );

    private static string Show(Plan plan) =>
        string.Join(
            ", ",
            plan.Steps.Select(step =>
                $"{step.Candidate.Name} {step.Candidate.Version}{(step.Markers is { } markers ? $" ({markers})" : "")}"
            )
        );

    private static PlanRequest Request(JsonElement scenario)
    {
        var options = scenario.GetProperty("resolver_options");
        var python = scenario.GetProperty("assumed_environment").GetProperty("python_full_version").GetString()!;
        var minor = int.Parse(python.Split('.')[1]);
        var glibc =
            options.GetProperty("python_platform").GetString() is { } platform
            && platform.Contains("manylinux2014", StringComparison.Ordinal)
                ? 17
                : 39;
        return new PlanRequest
        {
            Environment = MarkerEnvironment.CPython311OnLinux with
            {
                PythonFullVersion = python,
                PythonVersion = $"3.{minor}",
                ImplementationVersion = python,
            },
            Tags = SupportedTags.ForCPython(3, minor, PlatformTags.Linux("x86_64", (2, glibc))),
            Roots = [.. Texts(scenario.GetProperty("root"), "requires").Select(Requirement.Parse)],
            Prerelease =
                options.GetProperty("prereleases").ValueKind == JsonValueKind.True
                    ? PrereleaseMode.Allow
                    : PrereleaseMode.IfNecessaryOrExplicit,
            Resolution = options.TryGetProperty("resolution", out var resolution)
                ? resolution.GetString() switch
                {
                    "lowest" => ResolutionMode.Lowest,
                    "lowest-direct" => ResolutionMode.LowestDirect,
                    _ => ResolutionMode.Highest,
                }
                : ResolutionMode.Highest,
            NoBinary = NameFilter.Of(Texts(options, "no_binary").Select(PackageName.Parse)),
            OnlyBinary = NameFilter.Of(Texts(options, "no_build").Select(PackageName.Parse)),
        };
    }

    private static IEnumerable<string> Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray().Select(each => each.GetString()!)
            : [];
}
