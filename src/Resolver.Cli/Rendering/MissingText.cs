using System.Text;
using Resolver.Resolution.Explanations;

namespace Resolver.Cli.Rendering;

/// <summary>The list of what to add, for a person, for a program (<c>resolver.missing/1</c>), and to take to a machine with a network.</summary>
internal static class MissingText
{
    private const int NeedersShown = 8;

    private const string Honest = "What the missing files need in turn is not known before they are there: then ask again.";

    public static string Of(MissingList list, Paint paint)
    {
        if (list.Projects.Count == 0)
            return "Nothing is missing: there is a plan.\n";
        var text = new StringBuilder();
        text.Append($"Add at least {Count.Of(list.Projects.Count, "project")} to the archive:\n");
        foreach (var project in list.Projects)
        {
            text.Append('\n').Append("  ").Append(paint.Strong(PlainText.Of(Bound(project)))).Append('\n');
            var shown = project.NeededBy.Count <= NeedersShown + 1 ? project.NeededBy.Count : NeedersShown;
            foreach (var needer in project.NeededBy.Take(shown))
                text.Append("      needed by ").Append(PlainText.Of(needer)).Append('\n');
            if (shown < project.NeededBy.Count)
                text.Append($"      and by {project.NeededBy.Count - shown} more\n");
            text.Append("      ").Append(Unblocks(project, list)).Append('\n');
            if (project.KnownFrom is { } file)
                text.Append("      what it needs in turn is in this list: ").Append(PlainText.Of(file)).Append(" tells\n");
        }

        return text.Append('\n').Append(Honest).Append('\n').ToString();
    }

    /// <summary>A requirements file; comments say what the list is worth.</summary>
    public static string Requirements(MissingList list)
    {
        if (list.Projects.Count == 0)
            return "# Nothing is missing: there is a plan.\n";
        var text = new StringBuilder();
        text.Append($"# At least {(list.Projects.Count == 1 ? "this is" : "these are")} missing from the archive. {Honest}\n");
        text.Append("# Hashes are left open: they are known when the files are there. To fetch them: pip download --no-deps -r THIS-FILE\n");
        foreach (var project in list.Projects)
            text.Append('\n').Append("# ").Append(PlainText.Of($"needed by {string.Join(", ", project.NeededBy.Take(NeedersShown))}{(project.NeededBy.Count > NeedersShown ? ", …" : "")}; {Unblocks(project, list)}"))
                .Append('\n').Append(PlainText.Of(Bound(project))).Append('\n');
        return text.ToString();
    }

    private static string Unblocks(MissingProject project, MissingList list) =>
        list.Given == 1 ? "without it there is no plan" : $"unblocks {project.Unblocks} of the {list.Given} asked for";

    public static string Json(MissingList list) => JsonText.Of(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "resolver.missing/1");
        writer.WriteNumber("given", list.Given);
        writer.WriteBoolean("at_least", list.Projects.Count > 0);
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
            if (project.KnownFrom is { } file)
                writer.WriteString("known_from", file);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Bound(MissingProject project) => project.Name + BoundText.Of(project.Wanted);
}
