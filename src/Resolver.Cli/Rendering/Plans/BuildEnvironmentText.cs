using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>What the environment of a isolated build holds, in one line.</summary>
internal static class BuildEnvironmentText
{
    public static string Of(PlannedBuild build) =>
        build.Steps.Count == 0
            ? "no build requirements"
            : string.Join(
                ", ",
                build.Steps.Select(step =>
                    $"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})"
                )
            );
}
