using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Resolver.Application.Archives;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan as a software bill of materials: CycloneDX 1.6, JSON. Its time and the
/// licences come from beside the plan; the serial number is made of the content. The same plan at the same time
/// (<c>SOURCE_DATE_EPOCH</c>) gives the same bytes.</summary>
/// <remarks>What is needed only to build is in it with scope <c>excluded</c>: it takes part in making what runs, and
/// is not part of it.</remarks>
internal static class BillOfMaterials
{
    private const string Root = "plan";

    public static string Of(Plan plan, PlanAnnex annex)
    {
        var steps = PlanEdges.ByVersion(plan);
        var runs = NeededToRun(plan, steps);
        return JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
                writer.WriteString("bomFormat", "CycloneDX");
                writer.WriteString("specVersion", "1.6");
                writer.WriteString("serialNumber", $"urn:uuid:{Serial(plan)}");
                writer.WriteNumber("version", 1);
                writer.WriteStartObject("metadata");
                writer.WriteString("timestamp", annex.Timestamp);
                writer.WriteStartObject("tools");
                writer.WriteStartArray("components");
                writer.WriteStartObject();
                writer.WriteString("type", "application");
                writer.WriteString("name", "resolver");
                writer.WriteString("version", ProgramVersion.Text);
                writer.WriteEndObject();
                writer.WriteEndArray();
                writer.WriteEndObject();
                writer.WriteStartObject("component");
                writer.WriteString("type", "application");
                writer.WriteString("bom-ref", Root);
                writer.WriteString("name", PlanTitle.Of(plan));
                writer.WriteEndObject();
                writer.WriteStartArray("properties");
                foreach (var (name, value) in plan.Environment.OrderBy(each => each.Key, StringComparer.Ordinal))
                    WriteProperty(writer, $"resolver:environment:{name}", value);
                writer.WriteEndArray();
                writer.WriteEndObject();
                writer.WriteStartArray("components");
                foreach (var step in plan.Steps)
                    WriteComponent(
                        writer,
                        step,
                        runs.Contains(step.Order),
                        annex.LicenceOf(step.Candidate),
                        plan.Builds.FirstOrDefault(build => build.Candidate == step.Candidate)
                    );
                writer.WriteEndArray();
                writer.WriteStartArray("dependencies");
                WriteDependencies(
                    writer,
                    Root,
                    plan.Steps.Where(step => step.NeededBy.Any(need => need.Role == Role.Root)).Select(Reference)
                );
                foreach (var step in plan.Steps)
                    WriteDependencies(
                        writer,
                        Reference(step),
                        PlanEdges.Of(plan, step, steps).Select(edge => Reference(edge.To))
                    );
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );
    }

    private static void WriteComponent(
        Utf8JsonWriter writer,
        PlanStep step,
        bool runs,
        ProjectLicence? licence,
        PlannedBuild? apart
    )
    {
        var candidate = step.Candidate;
        writer.WriteStartObject();
        writer.WriteString("type", "library");
        writer.WriteString("bom-ref", Reference(step));
        writer.WriteString("name", candidate.Name.Normalized);
        writer.WriteString("version", candidate.Version.ToString());
        writer.WriteString("scope", runs ? "required" : "excluded");
        if (candidate.Sha256 is { } sha256)
        {
            writer.WriteStartArray("hashes");
            writer.WriteStartObject();
            writer.WriteString("alg", "SHA-256");
            writer.WriteString("content", sha256);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        if (licence is not null)
            WriteLicence(writer, licence);
        writer.WriteString("purl", Purl(step));
        writer.WriteStartArray("properties");
        WriteProperty(writer, "resolver:kind", KindText.Of(candidate.Kind));
        if (candidate.Path is { } path)
            WriteProperty(writer, "resolver:path", path);
        WriteProperty(writer, "resolver:order", $"{step.Order}");
        WriteProperty(writer, "resolver:stage", $"{step.Stage}");
        if (step.Markers is { } markers)
            WriteProperty(writer, "resolver:markers", markers.ToString());
        // What it was built with is no part of the install set, so no component.
        foreach (var held in apart?.Steps ?? [])
            WriteProperty(
                writer,
                "resolver:built-with",
                held.Candidate.Sha256 is { } hash ? $"{Purl(held)} sha256:{hash}" : Purl(held)
            );
        foreach (var weakness in candidate.Weaknesses)
            WriteProperty(writer, "resolver:weak", weakness);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>As declared: an SPDX expression, or a name that nobody has checked.</summary>
    private static void WriteLicence(Utf8JsonWriter writer, ProjectLicence licence)
    {
        writer.WriteStartArray("licenses");
        writer.WriteStartObject();
        if (!licence.IsExpression)
            writer.WriteStartObject("license");
        writer.WriteString(licence.IsExpression ? "expression" : "name", PlainText.Of(licence.Text));
        writer.WriteString("acknowledgement", "declared");
        if (!licence.IsExpression)
            writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter writer, string reference, IEnumerable<string> on)
    {
        writer.WriteStartObject();
        writer.WriteString("ref", reference);
        var needed = on.Distinct().Order(StringComparer.Ordinal).ToList();
        if (needed.Count > 0)
        {
            writer.WriteStartArray("dependsOn");
            foreach (var each in needed)
                writer.WriteStringValue(each);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    /// <summary>What is requested, and what that needs to run.</summary>
    private static HashSet<int> NeededToRun(Plan plan, ILookup<(PackageName, Version), PlanStep> steps)
    {
        var queue = new Queue<PlanStep>(plan.Steps.Where(step => step.NeededBy.Any(need => need.Role == Role.Root)));
        var reached = queue.Select(step => step.Order).ToHashSet();
        while (queue.TryDequeue(out var step))
        {
            foreach (
                var edge in PlanEdges.Of(plan, step, steps).Where(edge => !edge.Build && reached.Add(edge.To.Order))
            )
                queue.Enqueue(edge.To);
        }

        return reached;
    }

    // Package URLs (purl-spec, type pypi): the name is normalised, what is not unreserved is escaped; '+' of a local
    // version too.
    private static string Purl(PlanStep step) =>
        $"pkg:pypi/{step.Candidate.Name.Normalized}@{Uri.EscapeDataString(step.Candidate.Version.ToString())}";

    private static string Reference(PlanStep step) => step.Markers is null ? Purl(step) : $"{Purl(step)}#{step.Order}";

    /// <summary>A version 8 UUID (RFC 9562, for what implementations make up): the first bytes of a hash of what is
    /// in the plan.</summary>
    private static Guid Serial(Plan plan)
    {
        var content = string.Join(
            '\n',
            plan.Steps.Select(step =>
                $"{step.Candidate.Name}=={step.Candidate.Version} {step.Candidate.Sha256} {step.Markers}"
            )
        );
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(content))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
