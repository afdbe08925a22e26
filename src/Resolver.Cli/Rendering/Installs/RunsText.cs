using System.Globalization;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>The list of runs.</summary>
internal static class RunsText
{
    /// <param name="width">Columns of the terminal; null where none shows it.</param>
    public static string Of(IReadOnlyList<RunSummary> runs, int? width)
    {
        var table = new TextTable([], keys: 1) { RightAligned = new HashSet<int> { 2 } };
        foreach (var run in runs)
            table.Add(new(run.Id), new(Status(run.Status)), new(Count.Of(run.Installed, "step")), new(run.Destination));
        return table.Text(Paint.None, width);
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
