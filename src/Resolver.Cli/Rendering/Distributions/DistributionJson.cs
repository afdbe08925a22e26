using System.Text.Json;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Parsing;

namespace Resolver.Cli.Rendering.Distributions;

/// <summary>Distributions in the contract's shape (<c>resolver.distribution/1</c>), one a line.</summary>
internal static class DistributionJson
{
    /// <summary>In parts of some lines each.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Distribution> distributions) =>
        LineParts.Of(
            distributions.Count,
            50,
            (index, lines) => lines.Append(JsonText.Of(indented: false, writer => Write(writer, distributions[index])))
        );

    /// <summary>A value that is not known is absent, and null in <c>known</c>; an empty list is known to be
    /// empty.</summary>
    private static void Write(Utf8JsonWriter writer, Distribution distribution)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "resolver.distribution/1");
        writer.WriteText("path", distribution.Path);
        writer.WriteString("kind", KindText.Of(distribution.Kind));
        writer.WriteString("sha256", distribution.Sha256);
        if (distribution.Size is { } size)
            writer.WriteNumber("size", size);
        WriteString(writer, "name", distribution.Name?.Normalized);
        WriteString(writer, "version", distribution.Version?.ToString());
        WriteString(writer, "requires_python", distribution.RequiresPython?.ToString());
        WriteTexts(
            writer,
            "requires_dist",
            distribution.RequiresDist is { } requires ? Distribution.Printed(requires) : null
        );
        if (distribution.Name is not null)
            WriteTexts(writer, "extras", distribution.Extras.Select(extra => extra.Normalized));
        WriteTexts(
            writer,
            "build_requires",
            distribution.BuildRequires is { } builds ? Distribution.Printed(builds) : null
        );
        WriteString(writer, "build_backend", distribution.BuildBackend);
        if (distribution.BackendPath.Count > 0)
            WriteTexts(writer, "backend_path", distribution.BackendPath);
        if (distribution.Yanked)
            writer.WriteBoolean("yanked", true);
        WriteEnvironment(writer, distribution.BuildEnvironment);
        WriteKnown(writer, distribution.Known);
        WriteProblems(writer, distribution.Problems);
        WriteString(writer, "legacy", ArchiveReport.LegacyOf(distribution));
        writer.WriteEndObject();
    }

    private static void WriteEnvironment(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> environment)
    {
        if (environment.Count == 0)
            return;
        writer.WriteStartObject("env");
        foreach (var (name, value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter writer, IReadOnlyDictionary<string, MetadataSource?> known)
    {
        writer.WriteStartObject("known");
        foreach (var (value, source) in known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            writer.WriteString(value, source?.Text());
        writer.WriteEndObject();
        // The same by rank, 1 for the strongest.
        writer.WriteStartObject("trust");
        foreach (var (value, source) in known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (source is { } its)
                writer.WriteNumber(value, its.Rank());
            else
                writer.WriteNull(value);
        }

        writer.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter writer, IReadOnlyList<ArchiveProblem> problems)
    {
        writer.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("code", problem.Code);
            writer.WriteText("message", problem.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteString(Utf8JsonWriter writer, string property, string? value)
    {
        if (value is not null)
            writer.WriteString(property, value);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string property, IEnumerable<string>? values)
    {
        if (values is null)
            return;
        writer.WriteStartArray(property);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
