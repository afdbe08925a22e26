using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>The steps that a run which kept going did not install.</summary>
internal static class NotInstalled
{
    private const string RequiresFailed = "requires-failed";

    /// <summary>Those that failed, then those that require them, each with its reason.</summary>
    public static IReadOnlyList<LeftOut> Of(ExecutionOutcome.PartlyCompleted partly) =>
        [
            .. partly.Failures.Select(failed => Of(failed.Step, failed.Code, failed.Reason)),
            .. partly.LeftOut.Select(each =>
                Of(each.Step, RequiresFailed, $"requires {NameOf(each.Because)}, which failed")
            ),
        ];

    /// <summary>The name and version of a step.</summary>
    public static string NameOf(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";

    private static LeftOut Of(PlanStep step, string code, string reason) =>
        new(step.Candidate.Path ?? "", step.Candidate.Name.Normalized, step.Candidate.Version.ToString(), code, reason);
}
