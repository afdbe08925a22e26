using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Parsing;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Plans;

/// <summary>The writing half of <see cref="PlanJson"/>.</summary>
internal static class PlanJsonWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        // The default escapes '<' and '>' for the sake of web pages; requirements are full of them and this is no web
        // page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            WritePlan(json, plan);
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePlan(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartObject();
        json.WriteString("schema", PlanJson.Schema);
        json.WriteStartObject("environment");
        WriteSorted(json, plan.Environment);
        json.WriteEndObject();
        if (plan.Environments.Count > 0)
        {
            json.WriteStartArray("environments");
            foreach (var environment in plan.Environments)
                WriteEnvironment(json, environment);
            json.WriteEndArray();
        }
        json.WriteStartArray("roots");
        foreach (var root in plan.Roots)
            json.WriteStringValue(root.Text);
        json.WriteEndArray();
        if (plan.Objectives.Count > 0)
        {
            json.WriteStartArray("objectives");
            foreach (var value in plan.Objectives)
                WriteObjective(json, value);
            json.WriteEndArray();
        }
        json.WriteStartArray("steps");
        foreach (var step in plan.Steps)
            WriteStep(json, step);
        json.WriteEndArray();
        if (plan.BuildIsolation == BuildIsolation.PerBuild)
        {
            json.WriteString("build_isolation", PlanJson.PerBuild);
            json.WriteStartArray("builds");
            foreach (var build in plan.Builds)
                WriteBuild(json, build);
            json.WriteEndArray();
        }
        if (plan.UnknownExtras is { Count: > 0 } unknown)
        {
            json.WriteStartArray("unknown_extras");
            foreach (var each in unknown)
                WriteUnknownExtra(json, each);
            json.WriteEndArray();
        }
        if (plan.Batch is { } batch)
            WriteBatch(json, batch);
        if (plan.LeftOut.Count > 0)
        {
            json.WriteStartArray("left_out");
            foreach (var left in plan.LeftOut)
                WriteLeftOut(json, left);
            json.WriteEndArray();
        }
        if (plan.Removed.Count > 0)
        {
            json.WriteStartArray("removed");
            foreach (var each in plan.Removed)
                WriteRemoved(json, each);
            json.WriteEndArray();
        }
        if (plan.PassedOver.Count > 0)
        {
            json.WriteStartArray("passed_over");
            foreach (var each in plan.PassedOver)
                WritePassedOver(json, each);
            json.WriteEndArray();
        }
        WriteStatistics(json, plan.Statistics);
        json.WriteEndObject();
    }

    private static void WriteEnvironment(Utf8JsonWriter json, TargetedEnvironment environment)
    {
        json.WriteStartObject();
        if (environment.Name is { } name)
            json.WriteString("name", name);
        if (environment.Markers is { } markers)
            json.WriteString("markers", markers.ToReadableText());
        json.WriteStartObject("example");
        foreach (var (variable, value) in environment.Example.Variables)
            json.WriteString(variable, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUnknownExtra(Utf8JsonWriter json, UnknownExtra unknown)
    {
        json.WriteStartObject();
        json.WriteString("name", unknown.Candidate.Name.Normalized);
        json.WriteString("version", unknown.Candidate.Version.ToString());
        json.WriteString("extra", unknown.Extra.Normalized);
        json.WriteString("requirement", unknown.Requirement.ToString());
        json.WriteString("required_by", unknown.RequiredBy is { } by ? Pin(by) : null);
        json.WriteEndObject();
    }

    private static void WriteObjective(Utf8JsonWriter json, ObjectiveValue value)
    {
        json.WriteStartObject();
        json.WriteString("objective", ObjectiveNames.Of(value.Objective));
        json.WriteNumber("value", value.Value);
        json.WriteNumber("at_least", value.AtLeast);
        json.WriteBoolean("proven", value.IsProven);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, PlanStep step)
    {
        var candidate = step.Candidate;
        json.WriteStartObject();
        json.WriteNumber("order", step.Order);
        json.WriteNumber("stage", step.Stage);
        json.WriteString("action", ActionText(step.Action));
        WriteIdentity(json, candidate);
        if (step.Editable)
            json.WriteBoolean("editable", true);
        if (step.Markers is { } markers)
            json.WriteString("markers", markers.ToReadableText());
        WriteBuildVariables(json, candidate);
        WriteRequires(json, step.Requires);
        json.WriteStartArray("needed_by");
        foreach (var need in step.NeededBy)
            WriteNeed(json, need);
        json.WriteEndArray();
        if (candidate.Weaknesses.Count > 0)
        {
            json.WriteStartArray("notes");
            foreach (var note in candidate.Weaknesses)
                json.WriteStringValue(note);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteBuild(Utf8JsonWriter json, PlannedBuild build)
    {
        json.WriteStartObject();
        json.WriteNumber("stage", build.Stage);
        WriteIdentity(json, build.Candidate);
        WriteBuildVariables(json, build.Candidate);
        WriteRequires(json, build.Requires);
        json.WriteStartArray("steps");
        foreach (var step in build.Steps)
            WriteStep(json, step);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, Candidate candidate)
    {
        json.WriteString("name", candidate.Name.Normalized);
        json.WriteString("version", candidate.Version.ToString());
        json.WriteString("kind", KindText(candidate.Kind));
        json.WriteText("path", candidate.Path);
        json.WriteString("sha256", candidate.Sha256);
    }

    private static void WriteBuildVariables(Utf8JsonWriter json, Candidate candidate)
    {
        if (candidate.BuildEnvironment is not { Count: > 0 } environment)
            return;
        json.WriteStartObject("env");
        WriteSorted(json, environment);
        json.WriteEndObject();
    }

    private static void WriteRequires(Utf8JsonWriter json, IReadOnlyList<PlannedRequirement> requires)
    {
        json.WriteStartArray("requires");
        foreach (var required in requires)
            WriteRequired(json, required);
        json.WriteEndArray();
    }

    private static void WriteRequired(Utf8JsonWriter json, PlannedRequirement required)
    {
        json.WriteStartObject();
        json.WriteString("requirement", required.Requirement.Text);
        json.WriteString("role", RoleText(required.Role));
        if (required.Extra is { } extra)
            json.WriteString("extra", extra.Normalized);
        json.WriteString("satisfied_by", required.SatisfiedBy is { } candidate ? Pin(candidate) : PlanJson.Waived);
        json.WriteEndObject();
    }

    private static void WriteNeed(Utf8JsonWriter json, Need need)
    {
        json.WriteStartObject();
        json.WriteString("name", need.Name?.Normalized);
        json.WriteString("requirement", need.Requirement.Text);
        json.WriteString("role", RoleText(need.Role));
        json.WriteEndObject();
    }

    private static void WriteBatch(Utf8JsonWriter json, BatchSize batch)
    {
        json.WriteStartObject("batch");
        json.WriteNumber("ordered", batch.Ordered);
        json.WriteNumber("at_most", batch.AtMost);
        json.WriteStartArray("costs");
        foreach (var cost in batch.Costs)
        {
            json.WriteStartObject();
            json.WriteString("name", cost.Name);
            json.WriteString("version", cost.Version);
            json.WriteNumber("excludes", cost.Excludes);
            json.WriteStartArray("instead");
            foreach (var other in cost.Instead)
            {
                json.WriteStartObject();
                json.WriteString("version", other.Version);
                json.WriteNumber("excludes", other.Excludes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLeftOut(Utf8JsonWriter json, LeftOut left)
    {
        json.WriteStartObject();
        json.WriteText("path", left.Path);
        json.WriteString("name", left.Name);
        json.WriteString("version", left.Version);
        json.WriteString("code", left.Code);
        json.WriteText("reason", left.Reason);
        json.WriteEndObject();
    }

    private static void WriteRemoved(Utf8JsonWriter json, RemovedVersion removed)
    {
        json.WriteStartObject();
        json.WriteString("name", removed.Name.Normalized);
        json.WriteString("version", removed.Version.ToString());
        json.WriteString("path", removed.Path);
        json.WriteEndObject();
    }

    private static void WritePassedOver(Utf8JsonWriter json, PassedOver each)
    {
        json.WriteStartObject();
        json.WriteString("name", each.Name);
        json.WriteString("version", each.Version);
        json.WriteText("path", each.Path);
        json.WriteString("why", each.Why);
        json.WriteText("detail", each.Detail);
        json.WriteEndObject();
    }

    private static void WriteStatistics(Utf8JsonWriter json, PlanStatistics statistics)
    {
        json.WriteStartObject("stats");
        json.WriteNumber("scan_ms", Shown(statistics.ScanMilliseconds));
        json.WriteNumber("load_ms", Shown(statistics.LoadMilliseconds));
        json.WriteNumber("solve_ms", Shown(statistics.SolveMilliseconds));
        json.WriteNumber("order_ms", Shown(statistics.OrderMilliseconds));
        json.WriteNumber("decisions", statistics.Decisions);
        json.WriteNumber("conflicts", statistics.Conflicts);
        json.WriteNumber("propagations", statistics.Propagations);
        json.WriteEndObject();
    }

    // The order in a dictionary is no one's promise; sorted names give the same bytes.
    private static void WriteSorted(Utf8JsonWriter json, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values.OrderBy(each => each.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
    }

    // A tenth of a microsecond is below what any clock here tells apart.
    private static double Shown(double milliseconds) => Math.Round(milliseconds, 4);

    internal static string Pin(Candidate candidate) => $"{candidate.Name}=={candidate.Version}";

    internal static string ActionText(StepAction action) =>
        action switch
        {
            StepAction.Keep => "keep",
            StepAction.Install => "install",
            StepAction.Remove => "remove",
            _ => throw new ArgumentOutOfRangeException(nameof(action)),
        };

    internal static string RoleText(Role role) =>
        role switch
        {
            Role.Root => "root",
            Role.Runtime => "runtime",
            Role.Build => "build",
            Role.Constraint => "constraint",
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };

    internal static string KindText(DistributionKind kind) =>
        kind switch
        {
            DistributionKind.Installed => "installed",
            DistributionKind.Wheel => "wheel",
            DistributionKind.Sdist => "sdist",
            DistributionKind.Tree => "tree",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
