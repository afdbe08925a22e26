using System.Text.Json;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Unmet;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations;

/// <summary>Writes an explanation in the contract's shape (<c>resolver.explanation/1</c>).</summary>
public static class ExplanationJson
{
    /// <summary>Writes one object. <c>version</c> is the highest of <c>versions</c>.</summary>
    public static void Write(Utf8JsonWriter writer, Explanation explanation)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "resolver.explanation/1");
        writer.WriteBoolean("satisfiable", false);
        writer.WriteStartArray("core");
        foreach (var fact in explanation.Core)
            WriteFact(writer, fact);
        writer.WriteEndArray();
        writer.WriteBoolean("minimal", explanation.Minimal);
        writer.WriteString("text", explanation.Text);
        writer.WriteStartArray("hints");
        foreach (var hint in explanation.Hints)
        {
            writer.WriteStartObject();
            writer.WriteString("name", hint.Name);
            writer.WriteString("version", hint.Version);
            writer.WriteString("why", hint.Why);
            writer.WriteString("detail", hint.Detail);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("fixes");
        foreach (var fix in explanation.Fixes)
        {
            writer.WriteStartArray();
            foreach (var action in fix)
            {
                writer.WriteStartObject();
                writer.WriteString(action.Verb, action.What);
                if (action.Kind is { } kind)
                    writer.WriteString("kind", kind);
                if (action.Prefixes.Count > 0)
                    WritePrefixes(writer, action.Prefixes);
                writer.WriteString("text", action.Text);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        if (explanation.Unmet is { } unmet)
            WriteUnmet(writer, unmet);
        if (explanation.Conflicts.Count > 0)
            WriteConflicts(writer, explanation);
        writer.WriteEndObject();
    }

    private static void WriteUnmet(Utf8JsonWriter writer, UnmetRequirements unmet)
    {
        writer.WriteStartObject("unmet");
        writer.WriteNumber("requested", unmet.Requested);
        writer.WriteNumber("count", unmet.Requirements.Count);
        WriteTexts(writer, "requirements", unmet.Requirements);
        writer.WriteStartArray("causes");
        foreach (var cause in unmet.Causes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", cause.Kind);
            writer.WriteString("name", cause.Name);
            writer.WriteNumber("count", cause.Requirements.Count);
            WriteTexts(writer, "requirements", cause.Requirements);
            writer.WriteString("text", cause.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteBoolean("others_possible", unmet.AreOthersPossible);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string property, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(property);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WritePrefixes(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<string>> prefixes)
    {
        writer.WriteStartArray("prefixes");
        foreach (var prefix in prefixes)
        {
            writer.WriteStartArray();
            foreach (var root in prefix)
                writer.WriteStringValue(root);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    private static void WriteConflicts(Utf8JsonWriter writer, Explanation explanation)
    {
        writer.WriteStartArray("conflicts");
        foreach (var conflict in explanation.Conflicts)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("core");
            foreach (var fact in conflict.Core)
                WriteFact(writer, fact);
            writer.WriteEndArray();
            writer.WriteString("text", conflict.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteBoolean("all_conflicts", explanation.AreAllConflicts);
    }

    private static void WriteFact(Utf8JsonWriter writer, Fact fact)
    {
        writer.WriteStartObject();
        switch (fact)
        {
            case Fact.Requires each:
                writer.WriteString("fact", "requirement");
                writer.WriteString("name", each.Name);
                writer.WriteString("version", each.Versions.Count > 0 ? each.Versions[^1] : null);
                if (each.Versions.Count > 1)
                    WriteVersions(writer, each.Versions);
                writer.WriteString("requirement", each.Requirement);
                writer.WriteString("role", RoleText(each.Role));
                break;
            case Fact.Candidates each:
                writer.WriteString("fact", "candidates");
                writer.WriteString("name", each.Name);
                WriteVersions(writer, each.Versions);
                break;
            case Fact.Unusable each:
                writer.WriteString("fact", "unusable");
                writer.WriteString("name", each.Name);
                WriteVersions(writer, each.Versions);
                writer.WriteString("why", each.Why);
                writer.WriteString("detail", each.Detail);
                break;
            case Fact.BuildCycle each:
                writer.WriteString("fact", "cycle");
                writer.WriteStartArray("steps");
                foreach (var step in each.Steps)
                    writer.WriteStringValue(step.Text);
                writer.WriteEndArray();
                writer.WriteStartArray("requirements");
                foreach (var step in each.Steps)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", step.Name);
                    WriteVersions(writer, step.Versions);
                    writer.WriteString("requirement", step.Requirement);
                    writer.WriteString("role", RoleText(step.Role));
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
                break;
        }
        if (fact.Files.Count > 0)
        {
            writer.WriteStartArray("files");
            foreach (var file in fact.Files)
                writer.WriteStringValue(file);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static string RoleText(Role role) => role.ToString().ToLowerInvariant();

    private static void WriteVersions(Utf8JsonWriter writer, IReadOnlyList<string> versions)
    {
        writer.WriteStartArray("versions");
        foreach (var version in versions)
            writer.WriteStringValue(version);
        writer.WriteEndArray();
    }
}
