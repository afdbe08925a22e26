using System.Text.Json;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>What a scenario of packse says there is to choose from.</summary>
internal sealed class ScenarioSource(JsonElement packages) : ICandidateSource
{
    private readonly Dictionary<PackageName, IReadOnlyList<Candidate>> candidates = packages
        .EnumerateObject()
        .ToDictionary(
            each => PackageName.Parse(each.Name),
            each =>
                (IReadOnlyList<Candidate>)
                    [.. each.Value.EnumerateObject().SelectMany(version => Artifacts(each.Name, version))]
        );

    public IEnumerable<PackageName> Projects => candidates.Keys;

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) => candidates.GetValueOrDefault(project) ?? [];

    private static IEnumerable<Candidate> Artifacts(string name, JsonProperty version)
    {
        var value = version.Value;
        Candidate Make(DistributionKind kind, string? tag)
        {
            var wheel = tag is null
                ? null
                : WheelFileName.TryParse($"{name.Replace('-', '_')}-{version.Name}-{tag}.whl").Value;
            return new Candidate
            {
                Name = PackageName.Parse(name),
                Version = Version.Parse(version.Name),
                Kind = kind,
                Path = $"{name}-{version.Name}-{tag ?? "sdist"}",
                Tags = wheel?.Tags,
                Requires = [.. Texts(value, "requires").Select(Requirement.Parse), .. OfExtras(value)],
                BuildRequires = [],
                RequiresPython = value.GetProperty("requires_python").GetString() is { } bound
                    ? SpecifierSet.Parse(bound)
                    : null,
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
        select Requirement.Parse(
            text.Length == 1
                ? $"{text[0]}; extra == '{extra.Name}'"
                : $"{text[0]}; ({text[1]}) and extra == '{extra.Name}'"
        );

    private static IEnumerable<string> Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray().Select(each => each.GetString()!)
            : [];
}
