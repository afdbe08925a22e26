using System.Globalization;
using Resolver.Application.Inputs;
using Resolver.Application.Planning;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Missing;
using static Resolver.Cli.Rendering.Pages.PageFrame;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>A whole archive as an HTML report for those who work with it: its projects, to be searched, what can be
/// planned, what is missing, and files that are duplicate or broken.</summary>
internal static class ArchivePage
{
    private const int MostRows = 500,
        MostNeeders = 12;

    private static readonly string Headings =
        Heading("name", "Project", order: "ascending")
        + "<th scope=\"col\" class=\"newest\">Newest</th>"
        + Heading("status", "Plan")
        + Heading("versions", "Versions", "wide")
        + Heading("kinds", "Kinds", "wide wider")
        + Heading("size", "Size", "wide")
        + Heading("needs", "Requires", "wide")
        + Heading("by", "Required by", "wide");

    /// <param name="places">The archive as given.</param>
    /// <param name="report">What a scan found.</param>
    /// <param name="survey">What can be planned.</param>
    /// <param name="time">The time that the page carries.</param>
    public static string Of(
        IReadOnlyList<string> places,
        ArchiveReport report,
        ArchiveSurvey survey,
        DateTimeOffset time
    )
    {
        var data = new ArchivePageData(report, survey);
        var title = $"Archive {string.Join(", ", places)}";
        var body = $"""
            <a class="skip" href="#projects">Skip to the table of projects</a>
            <header>
            <div class="line"><h1>{Text(title)}</h1><p class="soft">{Text(Environment(survey))}{DocumentTime.Day(
                time
            )}</p></div>
            <p>{Text(Summary(report, survey, data.Size))}</p>
            {(survey.NoPlan is { } why ? $"<p class=\"note\">No plan: {Lines(why)}</p>" : "")}
            </header>
            <div class="tools" role="search">
            <div class="grow"><label class="sr" for="search">Search projects</label><input id="search" type="search" placeholder="Search projects and files ( / )" autocomplete="off" spellcheck="false"><span id="found" class="soft" role="status"></span></div>
            <label>Show <select id="show"><option value="all">all projects</option><option value="planned">planned</option><option value="not">not planned</option><option value="older">planned, but not the newest version</option><option value="problems">with problems</option><option value="unused">required by none</option></select></label>
            <button type="button" id="theme">Dark</button>
            </div>
            <nav class="legend" aria-label="Parts of this page"><a href="#projects">Projects</a>{Links(report, survey)}</nav>
            <main>
            <div class="work">
            <section id="projects" aria-label="Projects" tabindex="-1">
            <div class="scroll tall" id="table" tabindex="0" role="group" aria-label="Table of projects"><table><thead><tr>{Headings}</tr></thead><tbody id="rows"></tbody></table></div>
            <noscript><p class="note">The table of projects needs scripts; <code>resolver scan</code> lists them as well.</p></noscript>
            <div class="pages" id="pages" role="group" aria-label="Pages of the table"><button type="button" id="before">Previous</button> <span id="range" class="soft" role="status"></span> <button type="button" id="after">Next</button></div>
            </section>
            <aside class="details" id="details" tabindex="-1" aria-label="Details of the selected project"></aside>
            </div>
            <p id="said" class="sr" role="status"></p>
            {Missing(survey)}{NotPlanned(survey)}{Duplicates(report)}{Files("differing", "One name and version, different content", report.Differing)}{Files("broken", "Broken or unusable files", report.Unreadable)}{Files("unknown", "Not known without running code", report.Unknown)}{Orphaned(report)}</main>
            <script type="application/json" id="data">{data.Json()}</script>
            """;
        return PageFrame.Of(title, body, "archive.js");
    }

    private static readonly string[] ShownVariables =
    [
        "platform_python_implementation",
        "python_full_version",
        "sys_platform",
        "platform_machine",
    ];

    private static string Environment(ArchiveSurvey survey) =>
        survey.Plan?.Environment is not { } variables
            ? ""
            : string.Join(
                ' ',
                ShownVariables.Select(name => variables.GetValueOrDefault(name, "")).Where(value => value.Length > 0)
            ) + " · ";

    private static string Summary(ArchiveReport report, ArchiveSurvey survey, long size)
    {
        var parts =
            $"{Count.Of(report.Count, "distribution")} of {Count.Of(report.Projects.Count, "project")}, "
            + $"{SizeText.Of(size)}.";
        return survey.Plan is { } plan
            ? $"{parts} {Count.Of(plan.Steps.Count, "project")} can be planned "
                + $"together{(survey.Proven ? "" : ", perhaps more: the search stopped at its limit")}; "
                + $"{report.Projects.Count - plan.Steps.Count} cannot."
            : parts;
    }

    private static string Heading(string sort, string text, string width = "", string order = "none") =>
        $"<th scope=\"col\" data-sort=\"{sort}\" "
        + $"aria-sort=\"{order}\"{(width.Length > 0 ? $" class=\"{width}\"" : "")}><button type=\"button\" "
        + $"class=\"link\">{text}</button></th>";

    private static string Links(ArchiveReport report, ArchiveSurvey survey) =>
        string.Concat(
            new (string Id, string Text, int Number)[]
            {
                ("missing", "Missing", survey.Missing?.Projects.Count ?? -1),
                ("left", "Not planned", Reasons(survey).Count),
                ("duplicates", "Duplicates", report.Duplicates.Count),
                ("differing", "Different content", report.Differing.Count),
                ("broken", "Broken", report.Unreadable.Count),
                ("unknown", "Unknown", report.Unknown.Count),
            }
                .Where(part => part.Number != 0 || part.Id == "missing")
                .Select(part =>
                    $"<a href=\"#{part.Id}\">{part.Text} ({(part.Number < 0 ? "not known" : part.Number)})</a>"
                )
        );

    private static string Missing(ArchiveSurvey survey)
    {
        if (survey.Missing is not { } missing)
            return Section(
                "missing",
                "Missing",
                "<p>The search for what is missing stopped at its limit; <code>resolver missing --batch</code> "
                    + "searches without one.</p>"
            );
        if (missing.Projects.Count == 0)
            return Section("missing", "Missing", "<p class=\"fine\">✓ Nothing has to be added to the archive.</p>");
        var rows = missing
            .Projects.OrderByDescending(each => each.Unblocks)
            .ThenByDescending(each => each.NeededBy.Count)
            .ThenBy(each => each.Name, StringComparer.Ordinal)
            .Select(each =>
                $"<tr><th scope=\"row\" class=\"name\">{Text(Bound(each))}{(each.Kind is { } kind ? $" <span class=\"tag\">as {kind}</span>" : "")}</th><td class=\"number\">{each.Unblocks}</td><td>{Text(string.Join(", ", each.NeededBy.Take(MostNeeders)))}{(each.NeededBy.Count > MostNeeders ? $" and {each.NeededBy.Count - MostNeeders} more" : "")}</td></tr>\n"
            );
        return Section(
            "missing",
            $"Missing: {missing.Projects.Count}",
            "<p class=\"soft\">The fewest projects to add so that the newest version of each project can be planned, "
                + "those first that most wait for. What they require in turn is unknown until they are there.</p>"
                + Table(["Add", "Unblocks", "Required by"], rows)
        );
    }

    private static string Bound(MissingProject each) =>
        each.Url is { } url ? $"{each.Name} @ {url}" : each.Name + BoundText.Of(each.Wanted);

    /// <summary>Each reason with those that it keeps out, those first that keep out most; an older version beside a
    /// newer one needs none.</summary>
    private static List<IGrouping<(string Code, string Reason), string>> Reasons(ArchiveSurvey survey) =>
        [
            .. (survey.Plan?.LeftOut ?? [])
                .Where(left => left.Code != "older-version")
                .GroupBy(
                    left => (left.Code, left.Reason),
                    left => left.Name is null ? left.Path : $"{left.Name} {left.Version}"
                )
                .OrderByDescending(group => group.Distinct().Count()),
        ];

    private static string NotPlanned(ArchiveSurvey survey)
    {
        var reasons = Reasons(survey);
        return reasons.Count == 0
            ? ""
            : Section(
                "left",
                $"Not planned, and why: {reasons.Count}",
                Table(
                    ["What", "Reason"],
                    reasons
                        .Take(MostRows)
                        .Select(group =>
                            $"<tr><th scope=\"row\" class=\"name\">{string.Join("<br>", group.Distinct().Take(MostNeeders).Select(Text))}{(group.Distinct().Count() > MostNeeders ? $"<br>and {group.Distinct().Count() - MostNeeders} more" : "")}</th><td><span class=\"tag\">{Text(group.Key.Code)}</span> {Lines(group.Key.Reason)}</td></tr>\n"
                        )
                ) + More(reasons.Count)
            );
    }

    private static string Duplicates(ArchiveReport report) =>
        report.Duplicates.Count == 0
            ? ""
            : Section(
                "duplicates",
                $"Duplicates: {report.Duplicates.Count}",
                Table(
                    ["Project", "Size", "Files with the same content"],
                    report
                        .Duplicates.Take(MostRows)
                        .Select(group =>
                            $"<tr><th scope=\"row\" class=\"name\">{Title(group[0])}</th><td class=\"number\">{(group[0].Size is { } size ? SizeText.Of(size) : "")}</td><td>{string.Join("<br>", group.Select(each => $"<code>{Text(each.Path)}</code>"))}</td></tr>\n"
                        )
                ) + More(report.Duplicates.Count)
            );

    private static string Files(string id, string heading, IReadOnlyList<Distribution> files) =>
        files.Count == 0
            ? ""
            : Section(
                id,
                $"{heading}: {files.Count}",
                Table(
                    ["File", "Project", "Problem"],
                    files
                        .Take(MostRows)
                        .Select(each =>
                            $"<tr><th scope=\"row\"><code>{Text(each.Path)}</code></th><td class=\"name\">{Title(each)}</td><td>{string.Join("<br>", each.Problems.Select(problem => $"<span class=\"tag\">{Text(problem.Code)}</span> {Text(problem.MessageWithin(each.Path))}"))}</td></tr>\n"
                        )
                ) + More(files.Count)
            );

    private static string Orphaned(ArchiveReport report) =>
        report.Orphaned.Count == 0
            ? ""
            : Section(
                "orphaned",
                $"Signatures and checksums without their archive: {report.Orphaned.Count}",
                $"<ul>{string.Concat(report.Orphaned.Take(MostRows).Select(path => $"<li><code>{Text(path)}</code></li>"))}</ul>"
                    + More(report.Orphaned.Count)
            );

    private static string Title(Distribution each) =>
        each.Name is { } name
            ? $"<span data-project=\"{Text(name.Normalized)}\">{Text(name.Normalized)}</span> "
                + $"{Text(each.Version?.ToString() ?? "?")}"
            : "?";

    private static string Section(string id, string heading, string content) =>
        $"<section class=\"list\" aria-labelledby=\"{id}\"><h2 id=\"{id}\" "
        + $"tabindex=\"-1\">{heading}</h2>{content}</section>\n";

    private static string Table(IReadOnlyList<string> headings, IEnumerable<string> rows) =>
        $"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table class=\"read\"><thead><tr>{string.Concat(headings.Select(each => $"<th scope=\"col\">{each}</th>"))}</tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div>";

    private static string More(int count) =>
        count > MostRows
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"<p class=\"soft\">and {count - MostRows} more; <code>resolver scan -v</code> lists all.</p>"
            )
            : "";

    private static string Lines(string text) =>
        string.Join("<br>", Terminal.PlainText.Lines(text).Select(System.Net.WebUtility.HtmlEncode));
}
