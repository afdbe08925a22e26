using System.Text.Json;
using Resolver.Cli.Solving;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Solving;

namespace Resolver.Cli.Rendering.Solutions;

/// <summary>An answer in the contract's shape (<c>resolver.solution/1</c>), on one line.</summary>
internal static class SolutionJson
{
    public static string Line(SolvedQuery solved) => JsonText.Of(indented: false, writer => Write(writer, solved));

    private static void Write(Utf8JsonWriter writer, SolvedQuery solved)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "resolver.solution/1");
        writer.WriteString("name", solved.Query.Name);
        WriteVerdict(writer, solved.Outcome);
        writer.WriteStartObject("packages");
        foreach (var (project, version) in solved.Packages)
            writer.WriteString(project, version);
        writer.WriteEndObject();
        // That there is no selection is shown by the search as well.
        writer.WriteBoolean("proven", solved.Outcome is Outcome.Unsatisfiable or Outcome.Satisfiable { Proven: true });
        WriteStatistics(writer, solved);
        if (solved.Explanation is { } explanation)
        {
            writer.WritePropertyName("explanation");
            ExplanationJson.Write(writer, explanation);
        }

        if (solved.Differences is { } differences)
        {
            writer.WriteBoolean("agrees", differences.Count == 0);
            writer.WriteStartArray("differences");
            foreach (var difference in differences)
                writer.WriteStringValue(difference);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter writer, Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Satisfiable:
                writer.WriteBoolean("satisfiable", true);
                break;
            case Outcome.Unsatisfiable:
                writer.WriteBoolean("satisfiable", false);
                break;
            case Outcome.GaveUp gaveUp:
                writer.WriteNull("satisfiable");
                writer.WriteString("gave_up", gaveUp.Limit == LimitReached.Timeout ? "timeout" : "conflict-limit");
                break;
        }
    }

    private static void WriteStatistics(Utf8JsonWriter writer, SolvedQuery solved)
    {
        var search = solved.Outcome.Statistics;
        writer.WriteStartObject("stats");
        writer.WriteNumber("load_ms", Round(solved.LoadMilliseconds));
        writer.WriteNumber("encode_ms", Round(solved.EncodeMilliseconds));
        writer.WriteNumber("solve_ms", Round(solved.SolveMilliseconds));
        writer.WriteNumber("decisions", search.Decisions);
        writer.WriteNumber("conflicts", search.Conflicts);
        writer.WriteNumber("propagations", search.Propagations);
        writer.WriteNumber("peak_bytes", search.PeakBytes);
        writer.WriteEndObject();
    }

    // A tenth of a microsecond: the precision of the contract, without further noise.
    private static decimal Round(double milliseconds) => Math.Round((decimal)milliseconds, 4);
}
