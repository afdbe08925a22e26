using System.Text.Json;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>Answers to 'why' and 'why not' for programs (<c>resolver.why/1</c>, <c>resolver.why-not/1</c>).</summary>
internal static class WhyJson
{
    public static string Of(PackageName project, WhyAnswer answer) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.why/1");
                writer.WriteString("name", project.Normalized);
                writer.WriteString("version", answer.Step?.Candidate.Version.ToString());
                writer.WriteBoolean("planned", answer.Step is not null);
                writer.WriteStartArray("paths");
                foreach (var path in answer.Paths)
                {
                    writer.WriteStartArray();
                    foreach (var link in path)
                        WriteLink(writer, link);
                    writer.WriteEndArray();
                }

                writer.WriteEndArray();
                writer.WriteBoolean("complete", answer.Complete);
                writer.WriteEndObject();
            }
        );

    public static string Of(Requirement unwanted, WhyNotAnswer answer) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.why-not/1");
                writer.WriteString("requirement", unwanted.ToString());
                switch (answer)
                {
                    case WhyNotAnswer.Chosen chosen:
                        writer.WriteString("answer", "chosen");
                        WriteStep(writer, "step", chosen.Step);
                        break;
                    case WhyNotAnswer.Newest newest:
                        writer.WriteString("answer", "newest");
                        WriteStep(writer, "step", newest.Step);
                        break;
                    case WhyNotAnswer.Impossible impossible:
                        writer.WriteString("answer", "impossible");
                        writer.WritePropertyName("explanation");
                        ExplanationJson.Write(writer, impossible.Explanation);
                        break;
                    case WhyNotAnswer.Worse worse:
                        writer.WriteString("answer", worse.Asked is null ? "unneeded" : "worse");
                        WriteStep(writer, "best", worse.Best);
                        WriteStep(writer, "instead", worse.Instead);
                        WriteReason(writer, worse);
                        break;
                }

                writer.WriteEndObject();
            }
        );

    private static void WriteReason(Utf8JsonWriter writer, WhyNotAnswer.Worse worse)
    {
        if (worse.Objective is var (objective, best, instead))
        {
            writer.WriteStartObject("objective");
            writer.WriteString("objective", ObjectiveNames.Of(objective));
            writer.WriteNumber("best", best);
            writer.WriteNumber("instead", instead);
            writer.WriteEndObject();
        }

        if (worse.Rule is { } rule)
            writer.WriteString("reason", Word(rule));
        if (worse.Asked is not { } asked)
            return;
        writer.WriteStartArray("changes");
        foreach (var change in worse.Changes.Prepend(asked))
        {
            writer.WriteStartObject();
            writer.WriteString("name", (change.Before ?? change.After)!.Candidate.Name.Normalized);
            WriteStep(writer, "from", change.Before);
            WriteStep(writer, "to", change.After);
            if (change.Rule is { } why)
                writer.WriteString("reason", Word(why));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Word(PreferenceRule rule) =>
        rule switch
        {
            PreferenceRule.Newer => "newer",
            PreferenceRule.Older => "older",
            PreferenceRule.Installed => "installed",
            PreferenceRule.Locked => "locked",
            PreferenceRule.Reinstalled => "reinstalled",
            PreferenceRule.NotByReference => "not-by-reference",
            PreferenceRule.NeedsNoBuild => "needs-no-build",
            PreferenceRule.Final => "final",
            PreferenceRule.BetterFile => "better-file",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };

    /// <summary>Why one step comes before another (<c>resolver.why-before/1</c>).</summary>
    public static string Of(PackageName first, PackageName second, WhyBeforeAnswer answer) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.why-before/1");
                writer.WriteString("first", first.Normalized);
                writer.WriteString("second", second.Normalized);
                writer.WriteString(
                    "answer",
                    answer switch
                    {
                        WhyBeforeAnswer.Needed => "needed",
                        WhyBeforeAnswer.After => "after",
                        WhyBeforeAnswer.Free => "free",
                        _ => "not-planned",
                    }
                );
                if (((answer as WhyBeforeAnswer.Needed)?.Way ?? (answer as WhyBeforeAnswer.After)?.Way) is { } way)
                {
                    writer.WriteStartArray("way");
                    foreach (var link in way)
                        WriteLink(writer, link);
                    writer.WriteEndArray();
                }

                writer.WriteEndObject();
            }
        );

    /// <summary>What <c>explain</c> prints where there is a plan.</summary>
    public static string NothingToExplain() =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", "resolver.explanation/1");
                writer.WriteBoolean("satisfiable", true);
                writer.WriteEndObject();
            }
        );

    private static void WriteLink(Utf8JsonWriter writer, WhyLink link)
    {
        writer.WriteStartObject();
        writer.WriteString("name", link.Name?.Normalized);
        writer.WriteString("version", link.Version?.ToString());
        writer.WriteString("requirement", link.Requirement.ToString());
        writer.WriteString("role", link.Role.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, string property, PlanStep? step)
    {
        if (step is null)
            return;
        writer.WriteStartObject(property);
        writer.WriteString("name", step.Candidate.Name.Normalized);
        writer.WriteString("version", step.Candidate.Version.ToString());
        writer.WriteString("kind", KindText.Of(step.Candidate.Kind));
        writer.WriteEndObject();
    }
}
