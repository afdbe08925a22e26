using System.Text;
using System.Text.Json;
using Resolver.Application.Inputs;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using static Resolver.Cli.Rendering.Pages.PageFrame;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>A plan as an HTML report: a graph of stages from left to right that can be searched and walked through,
/// the details of a step, and every step as a table, which is there without scripts as well.</summary>
internal static class PlanPage
{
    private const int LicensedShown = 8;

    /// <param name="proven">Whether the selection is proven to be the defined best one.</param>
    /// <param name="annex">What the page tells beside the plan; null: nothing.</param>
    /// <param name="selected">The project that is shown first; null: none.</param>
    public static string Of(Plan plan, bool proven, PlanAnnex? annex = null, PackageName? selected = null)
    {
        var title = PlanTitle.Of(plan);
        var body = $"""
            <a class="skip" href="#list">Skip to the table of all steps</a>
            <header>
            <div class="line"><h1>{Text(title)}</h1><p class="soft">{Environment(plan)}{(
                annex is null ? "" : $" · {DocumentTime.Day(annex.Time)}"
            )}</p></div>
            <p>{Text(new PlanText(plan, Paint.None, verbose: false).Summary(proven))}{Text(Size(plan))}</p>
            {Licences(plan, annex)}            {Environments(plan)}</header>
            <div class="tools" role="group" aria-label="Search and view">
            <div class="grow"><label class="sr" for="search">Search packages</label><input id="search" type="search" placeholder="Search packages ( / )" autocomplete="off" spellcheck="false"><span id="found" class="soft" role="status"></span></div>
            <label>Edges <select id="edges"><option value="auto">automatic</option><option value="all">all</option><option value="selection">of the selection</option></select></label>
            <button type="button" id="out" aria-label="Smaller">−</button><span id="scale" class="soft">100 %</span><button type="button" id="in" aria-label="Larger">+</button><button type="button" id="fit">Fit</button>
            <button type="button" id="svg">Save as SVG</button>
            <button type="button" id="theme">Dark</button>
            </div>
            <div class="legend" aria-hidden="true"><span>An arrow leads from what is required to what requires it:</span>
            <span><svg width="34" height="10"><path class="edge" d="M0 5H26"/><path class="head" d="M34 5l-9-4.5v9z"/></svg>to run</span>
            <span><svg width="34" height="10"><path class="edge build" d="M0 5H26"/><path class="head build" d="M34 5l-9-4.5v9z"/></svg>to build</span>
            <span><svg width="34" height="10"><path class="edge many" d="M0 5H26"/><path class="head many" d="M34 5l-9-4.5v9z"/></svg>from what many require</span>
            <span><i class="swatch"></i>wheel</span><span><i class="swatch built"></i>built</span><span><i class="swatch kept"></i>kept</span>
            <span>◆ requested</span><span>⚠ weak metadata</span></div>
            <main>
            <div class="work">
            <div class="graph" id="graph" role="group" aria-label="The plan as a graph, stages from left to right. Arrow keys walk, Enter selects."><div class="space" id="space"></div></div>
            <aside class="details" id="details" tabindex="-1" aria-label="Details of the selected package"><noscript>Without scripts there is the table below.</noscript></aside>
            </div>
            <p id="said" class="sr" role="status"></p>
            {LeftOut(plan)}<section class="list" id="list" aria-labelledby="all"><h2 id="all">All steps</h2>
            <div class="scroll"><table><thead><tr><th scope="col">Step</th><th scope="col">Package</th><th scope="col">Version</th><th scope="col">Stage</th><th scope="col">Kind</th><th scope="col">Size</th><th scope="col">Licence</th><th scope="col">File</th></tr></thead><tbody>
            {Rows(plan, annex)}</tbody></table></div></section>
            {Builds(plan)}</main>
            <script type="application/json" id="data">{Data(plan, annex, selected)}</script>
            """;
        return PageFrame.Of(title, body, "plan.js");
    }

    private static string Environment(Plan plan)
    {
        string[] parts =
        [
            plan.Environment.GetValueOrDefault("platform_python_implementation") ?? "",
            plan.Environment.GetValueOrDefault("python_full_version") ?? "",
            plan.Environment.GetValueOrDefault("sys_platform") ?? "",
            plan.Environment.GetValueOrDefault("platform_machine") ?? "",
        ];
        return plan.Environments.Count > 0
            ? Count.Of(plan.Environments.Count, "environment")
            : Text(string.Join(' ', parts.Where(part => part.Length > 0)));
    }

    private static string Size(Plan plan)
    {
        var sizes = plan
            .Steps.Where(step => step.Action == StepAction.Install)
            .Select(step => step.Candidate.Size)
            .OfType<long>()
            .ToList();
        return sizes.Count == 0 ? "" : $" {Count.Of(sizes.Count, "file")}, {SizeText.Of(sizes.Sum())}.";
    }

    /// <summary>How many steps declare each licence, the most frequent first.</summary>
    private static string Licences(Plan plan, PlanAnnex? annex)
    {
        if (annex is null || plan.Steps.Count == 0)
            return "";
        var licences = plan
            .Steps.GroupBy(step => annex.LicenceOf(step.Candidate)?.Text ?? "none declared")
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        return $"<details><summary>Licences: {licences.Count}</summary><ul>{string.Concat(licences.Select(group => $"<li>{Text(group.Key)}: {group.Count()} <span class=\"soft\">({Text(string.Join(", ", group.Take(LicensedShown).Select(step => step.Candidate.Name.Normalized)))}{(group.Count() > LicensedShown ? ", …" : "")})</span></li>"))}</ul></details>\n";
    }

    private static string Environments(Plan plan) =>
        plan.Environments.Count == 0
            ? ""
            : $"<details><summary>Environments</summary><ul>{string.Concat(plan.Environments.Select(each => $"<li>{(each.Name is { } name ? Text(name) + ": " : "")}<code>{Text(each.Markers?.ToString() ?? "all environments")}</code></li>"))}</ul></details>\n";

    private static string LeftOut(Plan plan) =>
        plan.LeftOut.Count == 0
            ? ""
            : $"""
                <section class="list" aria-labelledby="left"><h2 id="left">Left out: {plan.LeftOut.Count}</h2>
                <div class="scroll"><table><thead><tr><th scope="col">Package</th><th scope="col">Reason</th><th scope="col">File</th></tr></thead><tbody>
                {string.Concat(
                    plan.LeftOut.Select(left =>
                        $"<tr><td class=\"name\">{Text(left.Name ?? "?")} {Text(left.Version)}</td><td><span class=\"tag\">{Text(left.Code)}</span> {string.Join("<br>", PlainText.Lines(left.Reason).Select(System.Net.WebUtility.HtmlEncode))}</td><td><code>{Text(left.Path)}</code></td></tr>\n"
                    )
                )}</tbody></table></div></section>

                """;

    private static string Builds(Plan plan) =>
        plan.Builds.Count == 0
            ? ""
            : $"""
                <section class="list" aria-labelledby="apart"><h2 id="apart">Isolated builds: {plan.Builds.Count}, each in its own environment</h2>
                <div class="scroll"><table><thead><tr><th scope="col">Stage</th><th scope="col">Package</th><th scope="col">Version</th><th scope="col">With</th><th scope="col">File</th></tr></thead><tbody>
                {string.Concat(
                    plan.Builds.Select(build =>
                        $"<tr><td class=\"number\">{build.Stage}</td><td class=\"name\">{Text(build.Candidate.Name.Normalized)}</td><td>{Text(build.Candidate.Version.ToString())}</td><td>{Text(BuildEnvironmentText.Of(build))}</td><td><code>{Text(build.Candidate.Path ?? "(no path)")}</code></td></tr>\n"
                    )
                )}</tbody></table></div></section>

                """;

    private static string Rows(Plan plan, PlanAnnex? annex)
    {
        var rows = new StringBuilder();
        foreach (var step in plan.Steps)
        {
            rows.Append(
                $"<tr data-order=\"{step.Order}\"><td class=\"number\">{step.Order}</td><td class=\"name\"><button type=\"button\" class=\"link\">{Text(step.Candidate.Name.Normalized)}</button></td><td>{Text(step.Candidate.Version.ToString())}</td>"
            );
            rows.Append(
                $"<td>{(step.Action == StepAction.Keep ? "kept" : step.Stage)}</td><td>{KindText.Of(step.Candidate.Kind)}</td><td class=\"number\">{(step.Candidate.Size is { } size ? SizeText.Of(size) : "")}</td><td>{Text(annex?.LicenceOf(step.Candidate)?.Text)}</td><td><code>{Text(step.Candidate.Path ?? "(no path)")}</code></td></tr>\n"
            );
        }

        return rows.ToString();
    }

    /// <summary>What the script shows. The encoder escapes what could end a script element.</summary>
    private static string Data(Plan plan, PlanAnnex? annex, PackageName? selected)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var steps = PlanEdges.ByVersion(plan);
            var byName = plan.Steps.ToLookup(step => step.Candidate.Name);
            writer.WriteStartObject();
            writer.WriteString("selected", selected?.Normalized);
            writer.WriteStartArray("steps");
            foreach (var step in plan.Steps)
                WriteStep(writer, plan, step, annex?.LicenceOf(step.Candidate)?.Text, steps, byName);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteStep(
        Utf8JsonWriter writer,
        Plan plan,
        PlanStep step,
        string? licence,
        ILookup<(PackageName, Version), PlanStep> steps,
        ILookup<PackageName, PlanStep> byName
    )
    {
        var candidate = step.Candidate;
        writer.WriteStartObject();
        writer.WriteNumber("order", step.Order);
        writer.WriteNumber("stage", step.Stage);
        writer.WriteString("action", step.Action == StepAction.Keep ? "keep" : "install");
        writer.WriteString("name", candidate.Name.Normalized);
        writer.WriteString("version", PlainText.Of(candidate.Version.ToString()));
        writer.WriteString("kind", KindText.Of(candidate.Kind));
        writer.WriteBoolean("built", candidate.IsBuilt);
        writer.WriteBoolean("root", step.NeededBy.Any(need => need.Role == Role.Root));
        WriteText(writer, "path", candidate.Path);
        writer.WriteString("sha256", candidate.Sha256);
        if (candidate.Size is { } size)
            writer.WriteNumber("size", size);
        else
            writer.WriteNull("size");
        WriteText(writer, "licence", licence);
        WriteText(writer, "markers", step.Markers?.ToString());
        writer.WriteStartArray("notes");
        foreach (var note in candidate.Weaknesses)
            writer.WriteStringValue(PlainText.Of(note));
        writer.WriteEndArray();
        writer.WriteStartArray("env");
        foreach (
            var (name, value) in (candidate.BuildEnvironment ?? new Dictionary<string, string>()).OrderBy(
                each => each.Key,
                StringComparer.Ordinal
            )
        )
        {
            writer.WriteStartArray();
            writer.WriteStringValue(PlainText.Of(name));
            writer.WriteStringValue(PlainText.Of(value));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        WriteNeeds(writer, "waived", step.Requires.Where(each => each.SatisfiedBy is null), _ => []);
        WriteNeeds(
            writer,
            "needs",
            step.Requires.Where(each => each.SatisfiedBy is not null && each.Role is Role.Runtime or Role.Build),
            required => PlanEdges.Targets(plan, step, required, steps).Select(target => target.Order)
        );
        writer.WriteStartArray("by");
        foreach (var need in step.NeededBy)
        {
            writer.WriteStartObject();
            WriteText(writer, "requirement", need.Requirement.Text);
            writer.WriteString("role", PlanText.Word(need.Role));
            WriteOrders(
                writer,
                "from",
                need.Name is { } name
                    ? byName[name]
                        .Where(other => PlanEdges.AreTakenTogether(plan, step, other))
                        .Select(other => other.Order)
                    : []
            );
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteNeeds(
        Utf8JsonWriter writer,
        string property,
        IEnumerable<PlannedRequirement> needs,
        Func<PlannedRequirement, IEnumerable<int>> targets
    )
    {
        writer.WriteStartArray(property);
        foreach (var need in needs)
        {
            writer.WriteStartObject();
            WriteText(writer, "requirement", need.Requirement.Text);
            writer.WriteString("role", PlanText.Word(need.Role));
            WriteText(writer, "extra", need.Extra?.Normalized);
            WriteOrders(writer, "to", targets(need));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteOrders(Utf8JsonWriter writer, string property, IEnumerable<int> orders)
    {
        writer.WriteStartArray(property);
        foreach (var order in orders)
            writer.WriteNumberValue(order);
        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string property, string? text)
    {
        if (text is null)
            writer.WriteNull(property);
        else
            writer.WriteString(property, PlainText.Of(text));
    }
}
