using System.Text;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Rendering;

/// <summary>What a check found, for a person and for a program (<c>resolver.check/1</c>).</summary>
internal static class InconsistencyText
{
    /// <param name="judged">How many distributions were looked at.</param>
    public static string Of(IReadOnlyList<Inconsistency> found, int judged, Paint paint)
    {
        var text = new StringBuilder();
        foreach (var each in found)
        {
            var there = each.Found is { } other ? $"and {other.Version} is installed" : "which is not installed";
            text.Append(paint.Strong(PlainText.Of($"{each.By.Name} {each.By.Version}"))).Append(" needs ")
                .Append(PlainText.Of($"{each.Requirement}, {there}")).Append('\n');
        }

        return text.Append(found.Count == 0
            ? $"{Count.Of(judged, "distribution")}: everything that is needed is there.\n"
            : $"{Count.Of(judged, "distribution")}: {Count.Of(found.Count, "need")} not met.\n").ToString();
    }

    /// <param name="judged">How many distributions were looked at.</param>
    public static string Json(IReadOnlyList<Inconsistency> found, int judged) => JsonText.Of(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "resolver.check/1");
        writer.WriteBoolean("consistent", found.Count == 0);
        writer.WriteNumber("checked", judged);
        writer.WriteStartArray("problems");
        foreach (var each in found)
        {
            writer.WriteStartObject();
            writer.WriteString("name", each.By.Name.Normalized);
            writer.WriteString("version", each.By.Version.ToString());
            writer.WriteString("requirement", each.Requirement.ToString());
            writer.WriteString("found", each.Found?.Version.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
