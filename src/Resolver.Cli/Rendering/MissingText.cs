using System.Text;
using Resolver.Resolution.Explanations;

namespace Resolver.Cli.Rendering;

/// <summary>The list of what to add, for a person, for a program (<c>resolver.missing/1</c>), and to take to a machine with a network.</summary>
internal static class MissingText
{
    public static string Of(MissingList list, Paint paint)
    {
        if (list.Projects.Count == 0)
            return "Nothing is missing: there is a plan.\n";
        var text = new StringBuilder();
        text.Append($"Add at least {Count.Of(list.Projects.Count, "project")} to the archive:\n");
        foreach (var project in list.Projects)
        {
            text.Append('\n').Append("  ").Append(paint.Strong(PlainText.Of(Bound(project)))).Append('\n');
            foreach (var needer in project.NeededBy)
                text.Append("      needed by ").Append(PlainText.Of(needer)).Append('\n');
        }

        return text.Append("\nWhat these need in turn is not known before they are there: run it again then.\n").ToString();
    }

    public static string Requirements(MissingList list) =>
        string.Concat(list.Projects.Select(project => PlainText.Of(Bound(project)) + "\n"));

    public static string Json(MissingList list) => JsonText.Of(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "resolver.missing/1");
        writer.WriteStartArray("add");
        foreach (var project in list.Projects)
        {
            writer.WriteStartObject();
            writer.WriteString("name", project.Name);
            writer.WriteString("requirement", Bound(project));
            writer.WriteStartArray("needed_by");
            foreach (var needer in project.NeededBy)
                writer.WriteStringValue(needer);
            writer.WriteEndArray();
            writer.WriteNumber("unblocks", project.Unblocks);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Bound(MissingProject project) => project.Name + string.Join(',', project.Wanted);
}
