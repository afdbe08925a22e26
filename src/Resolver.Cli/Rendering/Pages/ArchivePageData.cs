using System.Text;
using System.Text.Json;
using Resolver.Application.Planning;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>What the script of <see cref="ArchivePage"/> shows, as JSON with short keys: ten thousand distributions
/// have to be loaded quickly. Texts that occur often, such as requirements, are in a separate table.</summary>
internal sealed class ArchivePageData
{
    private const int Run = 1,
        Build = 2,
        Extra = 4;

    private readonly ArchiveReport report;
    private readonly Dictionary<string, PlanStep> steps;
    private readonly Dictionary<string, LeftOut> leftOut;
    private readonly Dictionary<string, int> texts = [];

    public ArchivePageData(ArchiveReport report, ArchiveSurvey survey)
    {
        this.report = report;
        steps = (survey.Plan?.Steps ?? [])
            .Where(step => step.Candidate.Path is not null)
            .SelectMany(step => step.Candidate.OtherPaths.Prepend(step.Candidate.Path!).Select(path => (path, step)))
            .DistinctBy(each => each.path)
            .ToDictionary(each => each.path, each => each.step);
        leftOut = (survey.Plan?.LeftOut ?? []).DistinctBy(left => left.Path).ToDictionary(left => left.Path);
        Size = report.Projects.Sum(project => project.Sum(each => each.Size ?? 0));
    }

    /// <summary>Bytes of all files that say which project they are.</summary>
    public long Size { get; }

    /// <summary>The data. The encoder escapes what could end a script element.</summary>
    public string Json()
    {
        var projects = report
            .Projects.Select(project =>
                project
                    .OrderByDescending(each => each.Version)
                    .ThenBy(each => each.Kind)
                    .ThenBy(each => each.Path, StringComparer.Ordinal)
                    .ToList()
            )
            .ToList();
        var dependents = Dependents(projects);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("projects");
            foreach (var (index, project) in projects.Index())
            {
                writer.WriteStartObject();
                writer.WriteString("n", project[0].Name!.Value.Normalized);
                writer.WriteStartArray("f");
                foreach (var file in project)
                    Write(writer, file);
                writer.WriteEndArray();
                writer.WriteStartArray("by");
                foreach (var (other, roles) in dependents[index])
                {
                    writer.WriteStartArray();
                    writer.WriteNumberValue(other);
                    writer.WriteNumberValue(roles);
                    writer.WriteEndArray();
                }
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("texts");
            foreach (var (text, _) in texts.OrderBy(each => each.Value))
                writer.WriteStringValue(PlainText.Of(text));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Of each project who requires it, in any version, and for what.</summary>
    private static SortedDictionary<int, int>[] Dependents(List<List<Distribution>> projects)
    {
        var indices = projects.Index().ToDictionary(each => each.Item[0].Name!.Value, each => each.Index);
        var dependents = projects.Select(_ => new SortedDictionary<int, int>()).ToArray();
        foreach (var (index, project) in projects.Index())
        {
            foreach (var file in project)
            {
                Add(file.RequiresDist, index, Run);
                if (file.Kind != DistributionKind.Wheel)
                    Add(file.BuildRequires, index, Build);
            }
        }
        return dependents;

        void Add(IReadOnlyList<Requirement>? requirements, int from, int role)
        {
            foreach (var requirement in requirements ?? [])
            {
                if (!indices.TryGetValue(requirement.Name, out var to) || to == from)
                    continue;
                dependents[to][from] =
                    dependents[to].GetValueOrDefault(from) | (IsOptional(requirement) ? Extra : role);
            }
        }
    }

    /// <summary>Whether the requirement counts only through an extra, in every environment.</summary>
    private static bool IsOptional(Requirement requirement) =>
        requirement.Marker is { MentionsExtra: true } marker
        && marker.OnExtras()?.TryEvaluate(MarkerEnvironment.CPython311OnLinux, []) is { Success: true, Value: false };

    private void Write(Utf8JsonWriter writer, Distribution file)
    {
        writer.WriteStartObject();
        writer.WriteString("v", PlainText.Of(file.Version?.ToString() ?? "?"));
        writer.WriteString("k", KindText.Of(file.Kind));
        writer.WriteString("p", PlainText.Of(file.Path));
        if (file.Size is { } size)
            writer.WriteNumber("s", size);
        else
            writer.WriteNull("s");
        if (file.Sha256 is { } hash)
            writer.WriteString("h", hash);
        if (file.RequiresPython?.ToString() is { Length: > 0 } python)
            writer.WriteString("y", PlainText.Of(python));
        if (file.Yanked)
            writer.WriteBoolean("q", true);
        WriteTexts(writer, "r", file.RequiresDist is { } runs ? Distribution.Printed(runs) : null);
        WriteTexts(writer, "b", file.BuildRequires is { } builds ? Distribution.Printed(builds) : null);
        writer.WriteStartArray("x");
        foreach (var problem in file.Problems)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(PlainText.Of(problem.Code));
            writer.WriteStringValue(PlainText.Of(problem.MessageWithin(file.Path)));
            writer.WriteBooleanValue(problem.Fatal);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        if (steps.TryGetValue(file.Path ?? "", out var step))
        {
            writer.WriteStartArray("t");
            writer.WriteNumberValue(step.Order);
            writer.WriteNumberValue(step.Stage);
            writer.WriteEndArray();
        }
        else if (leftOut.TryGetValue(file.Path ?? "", out var left))
        {
            writer.WriteStartArray("l");
            writer.WriteStringValue(PlainText.Of(left.Code));
            writer.WriteNumberValue(Index(left.Reason));
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private void WriteTexts(Utf8JsonWriter writer, string property, IEnumerable<string>? values)
    {
        if (values is null)
        {
            writer.WriteNull(property);
            return;
        }
        writer.WriteStartArray(property);
        foreach (var value in values)
            writer.WriteNumberValue(Index(value));
        writer.WriteEndArray();
    }

    private int Index(string text)
    {
        if (!texts.TryGetValue(text, out var index))
            texts.Add(text, index = texts.Count);
        return index;
    }
}
