using System.Globalization;
using System.Text;
using System.Text.Json;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations.Cycles;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>Build dependency cycles, for a person and for a program (<c>resolver.cycles/1</c>).</summary>
internal static class CyclesText
{
    public static string Of(IReadOnlyList<FoundCycle> cycles, Paint paint)
    {
        if (cycles.Count == 0)
            return "There is no build dependency cycle.\n";
        var text = new StringBuilder();
        text.Append(
                paint.Strong(
                    cycles.Count == 1 ? "One build dependency cycle:" : $"{cycles.Count} build dependency cycles:"
                )
            )
            .Append('\n');
        if (cycles.Count == BuildCycles.Most)
            text.Append("There may be more: the search stopped at this number.\n");
        var number = 0;
        foreach (var cycle in cycles)
        {
            text.Append('\n')
                .Append($"{(++number).ToString(CultureInfo.InvariantCulture)}. ".PadLeft(5))
                .Append(paint.Strong(PlainText.Of(string.Join(", ", cycle.Projects))))
                .Append('\n');
            foreach (var step in cycle.Steps)
                text.Append("       ").Append(PlainText.Of(step.Text)).Append('\n');
            text.Append("     ")
                .Append(
                    cycle.Break is { } found
                        ? $"Cheapest way to break it: {PlainText.Of(found.Text)}."
                        : "Nothing that was tried breaks it."
                )
                .Append('\n');
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<FoundCycle> cycles) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.cycles/1");
                writer.WriteStartArray("cycles");
                foreach (var cycle in cycles)
                    Write(writer, cycle);
                writer.WriteEndArray();
                writer.WriteBoolean("complete", cycles.Count < BuildCycles.Most);
                writer.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter writer, FoundCycle cycle)
    {
        writer.WriteStartObject();
        Write(writer, "projects", cycle.Projects);
        Write(writer, "steps", cycle.Steps.Select(each => each.Text));
        if (cycle.Break is { } found)
        {
            writer.WriteStartObject("break");
            writer.WriteString("kind", found.Kind);
            writer.WriteString("name", found.Projects[0]);
            Write(writer, "names", found.Projects);
            writer.WriteString("text", found.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string property, IEnumerable<string> texts)
    {
        writer.WriteStartArray(property);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
