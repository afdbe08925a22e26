using System.Globalization;
using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>Circles of builds, for a person and for a program (<c>resolver.cycles/1</c>).</summary>
internal static class CirclesText
{
    public static string Of(IReadOnlyList<BuildCircle> circles, Paint paint)
    {
        if (circles.Count == 0)
            return "No builds wait for each other.\n";
        var text = new StringBuilder();
        text.Append(
                paint.Strong(
                    circles.Count == 1
                        ? "Builds wait for each other in one circle:"
                        : $"Builds wait for each other in {circles.Count} circles:"
                )
            )
            .Append('\n');
        if (circles.Count == BuildCircles.Most)
            text.Append("There may be more: no more were looked for.\n");
        var number = 0;
        foreach (var circle in circles)
        {
            text.Append('\n')
                .Append($"{(++number).ToString(CultureInfo.InvariantCulture)}. ".PadLeft(5))
                .Append(paint.Strong(PlainText.Of(string.Join(", ", circle.Projects))))
                .Append('\n');
            foreach (var step in circle.Steps)
                text.Append("       ").Append(PlainText.Of(step)).Append('\n');
            text.Append("     ")
                .Append(
                    circle.Break is { } found
                        ? $"The cheapest break: {PlainText.Of(found.Text)}."
                        : "Nothing that was tried breaks it."
                )
                .Append('\n');
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<BuildCircle> circles) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.cycles/1");
                writer.WriteStartArray("cycles");
                foreach (var circle in circles)
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("projects");
                    foreach (var project in circle.Projects)
                        writer.WriteStringValue(project);
                    writer.WriteEndArray();
                    writer.WriteStartArray("steps");
                    foreach (var step in circle.Steps)
                        writer.WriteStringValue(step);
                    writer.WriteEndArray();
                    if (circle.Break is { } found)
                    {
                        writer.WriteStartObject("break");
                        writer.WriteString("kind", found.Kind);
                        writer.WriteString("name", found.Project);
                        writer.WriteString("text", found.Text);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteBoolean("complete", circles.Count < BuildCircles.Most);
                writer.WriteEndObject();
            }
        );
}
