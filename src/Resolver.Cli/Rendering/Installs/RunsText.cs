using Resolver.Application.Inputs;
using System.Globalization;
using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>The list of runs.</summary>
internal static class RunsText
{
    public static string Of(IReadOnlyList<RunSummary> runs)
    {
        var text = new StringBuilder();
        foreach (var run in runs)
            text.Append(
                    PlainText.Of(
                        $"{run.Id}  {Status(run.Status),-11}  {Count.Of(run.Installed, "step"),8}  {run.Destination}"
                    )
                )
                .Append('\n');
        return text.ToString();
    }

    /// <summary>Schema <c>resolver.runs/1</c>.</summary>
    public static string Json(IReadOnlyList<RunSummary> runs) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.runs/1");
                json.WriteStartArray("runs");
                foreach (var run in runs)
                {
                    json.WriteStartObject();
                    json.WriteString("id", run.Id);
                    json.WriteString("status", Status(run.Status));
                    json.WriteString("destination", run.Destination);
                    json.WriteNumber("installed", run.Installed);
                    json.WriteString("started", run.Started?.ToString("o", CultureInfo.InvariantCulture));
                    json.WriteString("record", run.Folder);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static string Status(RunStatus status) =>
        status switch
        {
            RunStatus.Open => "open",
            RunStatus.Finished => "finished",
            RunStatus.Failed => "failed",
            RunStatus.Interrupted => "interrupted",
            RunStatus.Undoing => "undoing",
            RunStatus.Undone => "undone",
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
}
