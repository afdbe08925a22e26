using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Removal;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What was uninstalled, or would be.</summary>
internal static class RemovalText
{
    /// <param name="place">The base of the destination.</param>
    /// <param name="run">The id of the run; null where nothing was done.</param>
    /// <param name="verbose">Whether to name the files.</param>
    public static string Of(IReadOnlyList<RemovedProject> projects, string place, string? run, bool verbose)
    {
        var text = new StringBuilder();
        foreach (var project in projects)
        {
            text.Append(PlainText.Of($"{project.Name} {project.Version}  {Count.Of(project.Files.Count, "file")}"))
                .Append('\n');
            if (verbose)
            {
                foreach (var file in project.Files)
                    text.Append("  ").Append(PlainText.Of(Path.Combine(place, file))).Append('\n');
            }
        }
        var what = $"{Count.Of(projects.Count, "project")} from {place}";
        return text.Append(
                PlainText.Of(run is null ? $"Would uninstall {what}; nothing is changed." : $"Uninstalled {what}.")
            )
            .Append('\n')
            .Append(run is null ? "" : $"run {run}; 'resolver undo' restores it\n")
            .ToString();
    }

    /// <summary>Schema <c>resolver.uninstall/1</c>.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Json(IReadOnlyList<RemovedProject> projects, string place, string? run) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.uninstall/1");
                json.WriteString("destination", place);
                json.WriteString("run", run);
                json.WriteStartArray("projects");
                foreach (var project in projects)
                {
                    json.WriteStartObject();
                    json.WriteString("name", project.Name.Normalized);
                    json.WriteString("version", project.Version.ToString());
                    json.WriteString("metadata_path", project.MetadataPath);
                    json.WriteStartArray("files");
                    foreach (var file in project.Files)
                        json.WriteStringValue(file);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
}
