using System.Text.Json;
using Resolver.Application.Installed;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What is installed, in columns as pip and uv have them, and as <c>resolver.list/1</c>.</summary>
internal static class InstalledListText
{
    /// <param name="verbose">Whether to show where each lies and what installed it.</param>
    /// <param name="width">Columns of the terminal; null where none shows it.</param>
    public static string Of(IReadOnlyList<InstalledProject> projects, bool verbose, int? width)
    {
        var table = new TextTable(
            ["Package", "Version", "Build", "Editable project location", "Location", "Installer"],
            keys: 2
        )
        {
            Gap = 1,
            IsRuled = true,
        };
        foreach (var project in projects)
            table.Add(
                new(project.RawName),
                new(project.Version ?? "?"),
                new(project.BuildTag ?? ""),
                new(project.EditableLocation ?? ""),
                new(verbose ? project.Location ?? "" : ""),
                new(verbose ? project.InstalledBy ?? "" : "")
            );
        return table.Text(Paint.None, width);
    }

    /// <summary>Schema <c>resolver.list/1</c>.</summary>
    public static string Json(IReadOnlyList<InstalledProject> projects) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.list/1");
                json.WriteStartArray("projects");
                foreach (var project in projects)
                {
                    json.WriteStartObject();
                    WriteBasics(json, project);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    /// <summary>What every schema says of an installed project.</summary>
    public static void WriteBasics(Utf8JsonWriter json, InstalledProject project)
    {
        json.WriteString("name", project.Name.Normalized);
        json.WriteString("version", project.Version);
        json.WriteString("build", project.BuildTag);
        json.WriteString("location", project.Location);
        json.WriteString("metadata_path", project.MetadataPath);
        json.WriteString("installer", project.InstalledBy);
        if (project.IsRequested is { } requested)
            json.WriteBoolean("requested", requested);
        else
            json.WriteNull("requested");
        json.WriteString("editable_location", project.EditableLocation);
        if (project.Origin is { } origin)
        {
            json.WritePropertyName("direct_url");
            json.WriteRawValue(origin.ToJson());
        }
        else
            json.WriteNull("direct_url");
    }
}
