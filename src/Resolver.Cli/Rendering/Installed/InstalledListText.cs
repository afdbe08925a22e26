using System.Text;
using System.Text.Json;
using Resolver.Application.Installed;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What is installed, in columns as pip and uv have them, and as <c>resolver.list/1</c>.</summary>
internal static class InstalledListText
{
    /// <param name="verbose">Whether to show where each lies and what installed it.</param>
    public static string Of(IReadOnlyList<InstalledProject> projects, bool verbose)
    {
        if (projects.Count == 0)
            return "";
        var rows = projects
            .Select(each =>
                new[]
                {
                    each.RawName,
                    each.Version ?? "?",
                    each.EditableLocation ?? "",
                    verbose ? each.Location ?? "" : "",
                    verbose ? each.InstalledBy ?? "" : "",
                }
            )
            .ToList();
        string[] titles = ["Package", "Version", "Editable project location", "Location", "Installer"];
        var columns = Enumerable.Range(0, titles.Length).Where(i => i < 2 || rows.Any(row => row[i].Length > 0));
        var widths = columns.ToDictionary(
            i => i,
            i => Math.Max(titles[i].Length, rows.Max(row => TerminalLines.Columns(PlainText.Of(row[i]))))
        );
        var text = new StringBuilder();
        Append(titles);
        Append([.. titles.Select((_, i) => new string('-', widths.GetValueOrDefault(i)))]);
        foreach (var row in rows)
            Append(row);
        return text.ToString();

        void Append(string[] row)
        {
            var line = new StringBuilder();
            foreach (var (i, width) in widths)
            {
                var shown = PlainText.Of(row[i]);
                line.Append(line.Length > 0 || i > 0 ? " " : "")
                    .Append(shown)
                    .Append(' ', width - TerminalLines.Columns(shown));
            }
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
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
