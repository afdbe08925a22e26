using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Missing;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>The list of what to add, for a person, for a program (<c>resolver.missing/1</c>), and to take to a
/// machine with a network.</summary>
internal static class MissingText
{
    private const int NeedersShown = 8;

    private const string Honest =
        "The dependencies of missing files are unknown. Add the files, then run 'resolver missing' again.";

    public static string Of(MissingList list, Paint paint)
    {
        var text = new StringBuilder();
        if (list.Projects.Count == 0)
            return text.Append(
                    list.BeyondHelp.Count == 0
                        ? "Nothing is missing: there is a plan.\n"
                        : "Nothing is missing; what cannot be planned needs another fix.\n"
                )
                .Append(BeyondHelp(list, paint))
                .ToString();
        text.Append($"Add at least {Count.Of(list.Projects.Count, "project")} to the archive:\n");
        foreach (var project in list.Projects)
        {
            text.Append('\n')
                .Append("  ")
                .Append(paint.Strong(PlainText.Of(Bound(project))))
                .Append(Form(project) is { Length: > 0 } form ? $"  {form}\n" : "\n");
            var shown = project.NeededBy.Count <= NeedersShown + 1 ? project.NeededBy.Count : NeedersShown;
            foreach (var needer in project.NeededBy.Take(shown))
                text.Append("      required by ").Append(PlainText.Of(needer)).Append('\n');
            if (shown < project.NeededBy.Count)
                text.Append($"      and by {project.NeededBy.Count - shown} more\n");
            if (Unblocks(project, list) is { Length: > 0 } unblocks)
                text.Append("      ").Append(unblocks).Append('\n');
            if (project.KnownFrom is { } file)
                text.Append("      its dependencies, read from ")
                    .Append(PlainText.Of(file))
                    .Append(", are in this list\n");
        }

        return text.Append('\n').Append(Honest).Append('\n').Append(BeyondHelp(list, paint)).ToString();
    }

    private static string BeyondHelp(MissingList list, Paint paint)
    {
        if (list.BeyondHelp.Count == 0)
            return "";
        var text = new StringBuilder();
        text.Append('\n')
            .Append(
                paint.Strong(
                    $"Adding files does not make {(list.BeyondHelp.Count == 1 ? "this" : "these")} "
                        + $"possible{(list.Projects.Count > 0 ? "; the list is for the rest" : "")}:"
                )
            )
            .Append('\n');
        // Of a folder that has everything in several versions, one line is enough.
        var older = list.BeyondHelp.Where(each => each.Instead is not null).ToList();
        if (older.Count > 1)
            text.Append("  - ")
                .Append(
                    PlainText.Of(
                        $"{string.Join(", ", older.Select(each => each.Subject))}: another version of each is given, "
                            + $"and only one can be installed"
                    )
                )
                .Append('\n');
        foreach (var each in older.Count > 1 ? list.BeyondHelp.Except(older) : list.BeyondHelp)
            text.Append("  - ").Append(Line(each)).Append('\n');
        return text.Append(paint.Faint("'resolver explain' lists other fixes.")).Append('\n').ToString();
    }

    private static string Line(BeyondHelp each) =>
        PlainText.Of(each.IsSubjectOfReason ? each.Reason : $"{each.Subject}: {each.Reason}");

    /// <summary>A requirements file; comments say what the list is worth.</summary>
    public static string Requirements(MissingList list)
    {
        var text = new StringBuilder();
        foreach (var each in list.BeyondHelp)
            text.Append("# Adding files does not make this possible: ").Append(Line(each)).Append('\n');
        if (list.Projects.Count == 0)
            return text.Append(
                    list.BeyondHelp.Count == 0
                        ? "# Nothing is missing: there is a plan.\n"
                        : "# Nothing else is missing.\n"
                )
                .ToString();
        text.Append(
            $"# At least {(list.Projects.Count == 1 ? "this is" : "these are")} missing from the archive. {Honest}\n"
        );
        text.Append(
            "# Hashes are unknown until the files are there. To fetch them: pip download --no-deps " + "-r THIS-FILE\n"
        );
        foreach (var project in list.Projects)
            text.Append('\n')
                .Append("# ")
                .Append(
                    PlainText.Of(
                        $"required by {string.Join(", ", project.NeededBy.Take(NeedersShown))}{(project.NeededBy.Count > NeedersShown ? ", …" : "")}{(Unblocks(project, list) is { Length: > 0 } unblocks ? $"; {unblocks}" : "")}"
                    )
                )
                .Append(Form(project) is { Length: > 0 } form ? $"; {form}" : "")
                .Append('\n')
                .Append(PlainText.Of(Bound(project)))
                .Append('\n');
        return text.ToString();
    }

    private static string Form(MissingProject project) =>
        project.BreaksCycle ? "as a wheel: its build is part of a build dependency cycle"
        : project.Kind is { } kind ? $"as {(kind == "wheel" ? "a wheel" : "an sdist")}"
        : "";

    private static string Unblocks(MissingProject project, MissingList list) =>
        list.Given == 1 ? "without it there is no plan"
        : project.Unblocks == 0 ? ""
        : $"unblocks {project.Unblocks} of the {list.Given} requested";

    public static string Json(MissingList list) =>
        JsonText.Of(
            indented: true,
            writer =>
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
                    if (project.Kind is { } kind)
                        writer.WriteString("kind", kind);
                    if (project.KnownFrom is { } file)
                        writer.WriteString("known_from", file);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("beyond_help");
                foreach (var each in list.BeyondHelp)
                {
                    writer.WriteStartObject();
                    writer.WriteString("requirement", each.Requirement);
                    writer.WriteString("reason", each.Reason);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );

    private static string Bound(MissingProject project) =>
        project.Url is { } url ? $"{project.Name} @ {url}" : project.Name + BoundText.Of(project.Wanted);
}
