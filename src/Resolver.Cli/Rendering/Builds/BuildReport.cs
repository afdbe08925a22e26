using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Context;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Builds;

/// <summary>Which wheels a build wrote, and which it did not.</summary>
internal sealed class BuildReport(CommandContext context, Plan plan, WheelOutput output)
{
    /// <returns>The exit code.</returns>
    public int Write(ExecutionOutcome outcome, IReadOnlyList<(PlanStep Step, string Path)> wheels)
    {
        var notBuilt = new List<LeftOut>(plan.LeftOut);
        var code = plan.LeftOut.Count > 0 ? ExitCode.Impossible : ExitCode.Done;
        switch (outcome)
        {
            case ExecutionOutcome.Completed:
                break;
            case ExecutionOutcome.PartlyCompleted partly:
                foreach (var failed in partly.Failures)
                    InstallReport.Failed(failed, context);
                notBuilt.AddRange(NotInstalled.Of(partly));
                code = ExitCode.StepFailed;
                break;
            case ExecutionOutcome.StepFailed failed:
                InstallReport.Failed(failed, context);
                context.Diagnostics.Hint("--keep-going builds what does not require it");
                code = failed.Code is FailureCodes.HashMismatch or FailureCodes.ArchiveMissing
                    ? ExitCode.BadInput
                    : ExitCode.StepFailed;
                break;
            case ExecutionOutcome.Refused refused:
                throw new CommandException(
                    refused.Code is FailureCodes.DestinationNotWritable or FailureCodes.FileSystem
                        ? ExitCode.StepFailed
                        : ExitCode.BadInput,
                    refused.Reason
                );
            case ExecutionOutcome.Interrupted:
                context.Diagnostics.Error($"interrupted; {Count.Of(wheels.Count, "wheel")} written");
                return ExitCode.Interrupted;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome));
        }
        context.Write(context.Settings.Format == OutputFormat.Json ? Json(wheels, notBuilt) : Text(wheels, notBuilt));
        return code;
    }

    private string Text(IReadOnlyList<(PlanStep Step, string Path)> wheels, List<LeftOut> notBuilt)
    {
        var text = new StringBuilder();
        foreach (var (step, path) in wheels)
            text.Append(PlainText.Of(Path.GetFileName(path)))
                .Append(step.Candidate.IsBuilt ? "" : "  (copied)")
                .Append('\n');
        foreach (var kept in Kept())
            text.Append(PlainText.Of($"{NotInstalled.NameOf(kept)} is installed: no wheel (--no-installed builds it)"))
                .Append('\n');
        foreach (var each in notBuilt)
            text.Append(PlainText.Of($"not built: {each.Name} {each.Version}: {PlainText.Lines(each.Reason).First()}"))
                .Append('\n');
        return text.Append(
                PlainText.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Wrote {Count.Of(wheels.Count, "wheel")} to "
                            + $"{output.Folder}{(notBuilt.Count > 0 ? $"; {notBuilt.Count} not built" : "")}."
                    )
                )
            )
            .Append('\n')
            .ToString();
    }

    /// <summary>Schema <c>resolver.build/1</c>.</summary>
    private string Json(IReadOnlyList<(PlanStep Step, string Path)> wheels, List<LeftOut> notBuilt) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.build/1");
                json.WriteString("directory", output.Folder);
                json.WriteStartArray("wheels");
                foreach (var (step, path) in wheels)
                {
                    json.WriteStartObject();
                    json.WriteString("name", step.Candidate.Name.Normalized);
                    json.WriteString("version", step.Candidate.Version.ToString());
                    json.WriteString("path", path);
                    json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
                    json.WriteBoolean("built", step.Candidate.IsBuilt);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteStartArray("installed");
                foreach (var kept in Kept())
                {
                    json.WriteStartObject();
                    json.WriteString("name", kept.Candidate.Name.Normalized);
                    json.WriteString("version", kept.Candidate.Version.ToString());
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteStartArray("not_built");
                foreach (var each in notBuilt)
                {
                    json.WriteStartObject();
                    json.WriteString("name", each.Name);
                    json.WriteString("version", each.Version);
                    json.WriteString("path", each.Path);
                    json.WriteString("code", each.Code);
                    json.WriteString("reason", each.Reason);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    /// <summary>What would have been written and is installed.</summary>
    private IEnumerable<PlanStep> Kept() =>
        plan.Steps.Where(step => step.Action == StepAction.Keep && output.Projects.Contains(step.Candidate.Name));
}
