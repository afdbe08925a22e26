using System.Text.Json;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Testing;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>The scenarios of packse and uv that speak of one environment (those for several are another test's).</summary>
public sealed class PackseTests
{
    private const string File = "packse/scenarios.json";

    /// <summary>Where we differ on purpose, with the standard's sentence.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["packse:python-less-than-current"] =
            "expects an upper bound of Requires-Python to be ignored; core metadata: 'This field specifies the Python version(s) that the distribution is compatible with. Installation tools may look at this when picking which version of a project to install', and pip honours the bound",
    };

    [Fact]
    public void Each_scenario_for_one_environment_comes_out_as_expected()
    {
        using var document = Conformance.Open(File);
        var superseded = document.RootElement.GetProperty("scenarios").EnumerateArray()
            .Where(each => each.GetProperty("source").GetString() == "uv").Select(each => each.GetProperty("name").GetString()).ToHashSet();

        // uv's own suite has moved on from packse's for these names: what uv expects today is what counts.
        Conformance.Check(File, "scenarios", scenario =>
            scenario.GetProperty("resolver_options").GetProperty("universal").ValueKind == JsonValueKind.True
            || (scenario.GetProperty("source").GetString() == "packse" && superseded.Contains(scenario.GetProperty("name").GetString()))
            || Differences.ContainsKey(scenario.GetProperty("key").GetString()!)
                ? null
                : Judge(scenario));
    }

    private static string? Judge(JsonElement scenario)
    {
        var expected = scenario.GetProperty("expected");
        var outcome = Planner.Plan(new ScenarioSource(scenario.GetProperty("packages")), Request(scenario), PlanLimits.None);
        if (outcome is PlanOutcome.Planned { Plan: var plan })
        {
            var found = plan.Steps.ToDictionary(each => each.Candidate.Name.Normalized, each => each.Candidate.Version);
            if (!expected.GetProperty("satisfiable").GetBoolean())
                return $"expected none, found {Show(found)}";
            var differing = expected.GetProperty("packages").EnumerateObject()
                .Where(each => !found.TryGetValue(PackageName.Parse(each.Name).Normalized, out var version) || version != Version.Parse(each.Value.GetString()!))
                .ToList();
            return differing.Count == 0 ? null : $"expected {string.Join(", ", differing.Select(each => $"{each.Name} {each.Value}"))}, found {Show(found)}";
        }
        return expected.GetProperty("satisfiable").GetBoolean() ? $"expected a plan, found: {(outcome as PlanOutcome.Impossible)?.Explanation.Text ?? outcome.ToString()}" : null;
    }

    private static string Show(Dictionary<string, Version> found) => string.Join(", ", found.Select(each => $"{each.Key} {each.Value}"));

    private static PlanRequest Request(JsonElement scenario)
    {
        var options = scenario.GetProperty("resolver_options");
        var python = scenario.GetProperty("assumed_environment").GetProperty("python_full_version").GetString()!;
        var minor = int.Parse(python.Split('.')[1]);
        var glibc = options.GetProperty("python_platform").GetString() is { } platform && platform.Contains("manylinux2014", StringComparison.Ordinal) ? 17 : 39;
        return new PlanRequest
        {
            Environment = MarkerEnvironment.CPython311OnLinux with { PythonFullVersion = python, PythonVersion = $"3.{minor}", ImplementationVersion = python },
            Tags = SupportedTags.ForCPython(3, minor, PlatformTags.Linux("x86_64", (2, glibc))),
            Roots = [.. Texts(scenario.GetProperty("root"), "requires").Select(Requirement.Parse)],
            Prerelease = options.GetProperty("prereleases").ValueKind == JsonValueKind.True ? PrereleaseMode.Allow : PrereleaseMode.IfNecessaryOrExplicit,
            Resolution = options.TryGetProperty("resolution", out var resolution) ? resolution.GetString() switch
            {
                "lowest" => ResolutionMode.Lowest,
                "lowest-direct" => ResolutionMode.LowestDirect,
                _ => ResolutionMode.Highest,
            } : ResolutionMode.Highest,
            NoBinary = NameFilter.Of(Texts(options, "no_binary").Select(PackageName.Parse)),
            OnlyBinary = NameFilter.Of(Texts(options, "no_build").Select(PackageName.Parse)),
        };
    }

    private static IEnumerable<string> Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray().Select(each => each.GetString()!) : [];

    private sealed class ScenarioSource(JsonElement packages) : ICandidateSource
    {
        private readonly Dictionary<PackageName, IReadOnlyList<Candidate>> candidates = packages.EnumerateObject()
            .ToDictionary(each => PackageName.Parse(each.Name), each => (IReadOnlyList<Candidate>)[.. each.Value.EnumerateObject().SelectMany(version => Artifacts(each.Name, version))]);

        public IEnumerable<PackageName> Projects => candidates.Keys;

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project) => candidates.GetValueOrDefault(project) ?? [];

        private static IEnumerable<Candidate> Artifacts(string name, JsonProperty version)
        {
            var value = version.Value;
            Candidate Make(DistributionKind kind, string? tag)
            {
                var wheel = tag is null ? null : WheelFileName.TryParse($"{name.Replace('-', '_')}-{version.Name}-{tag}.whl").Value;
                return new Candidate
                {
                    Name = PackageName.Parse(name),
                    Version = Version.Parse(version.Name),
                    Kind = kind,
                    Path = $"{name}-{version.Name}-{tag ?? "sdist"}",
                    Tags = wheel?.Tags,
                    Requires = [.. Texts(value, "requires").Select(Requirement.Parse), .. OfExtras(value)],
                    BuildRequires = [],
                    RequiresPython = value.GetProperty("requires_python").GetString() is { } bound ? SpecifierSet.Parse(bound) : null,
                    Yanked = value.GetProperty("yanked").GetBoolean(),
                };
            }
            if (value.GetProperty("sdist").GetBoolean())
                yield return Make(DistributionKind.Sdist, null);
            if (!value.GetProperty("wheel").GetBoolean())
                yield break;
            foreach (var tag in Texts(value, "wheel_tags"))
                yield return Make(DistributionKind.Wheel, tag);
        }

        private static IEnumerable<Requirement> OfExtras(JsonElement version) =>
            from extra in version.GetProperty("extras").EnumerateObject()
            from requirement in extra.Value.EnumerateArray()
            let text = requirement.GetString()!.Split(';', 2)
            select Requirement.Parse(text.Length == 1
                ? $"{text[0]}; extra == '{extra.Name}'"
                : $"{text[0]}; ({text[1]}) and extra == '{extra.Name}'");
    }
}
