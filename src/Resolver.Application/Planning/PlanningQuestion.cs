using Resolver.Application.Environments;
using Resolver.Application.Inputs;
using Resolver.Application.Locks;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Environments;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Planning;

/// <summary>The question that a planner answers: the request, and the environments where there are several.</summary>
/// <param name="Request">For the first environment, where there are several.</param>
/// <param name="Scope">What a universal plan is for; null: the plan is not universal.</param>
/// <param name="Environments">Several named environments; empty: the plan is for one, or universal.</param>
internal sealed record PlanningQuestion(
    PlanRequest Request,
    UniversalScope? Scope,
    IReadOnlyList<EnvironmentRequest> Environments
)
{
    /// <summary>Whether the plan is for more than one environment.</summary>
    public bool IsSeveral => Scope is not null || Environments.Count > 0;

    /// <param name="read">The requirements that were read.</param>
    /// <param name="overrides">The requirements of override files.</param>
    /// <exception cref="InputException">An environment means nothing, or what is requested contradicts
    /// itself.</exception>
    public static PlanningQuestion Of(
        PlanningRequest request,
        RequirementReader read,
        IReadOnlyList<Requirement> overrides,
        TargetEnvironment target,
        Notices notices
    )
    {
        var choice = request.Environments;
        var question = RequestFor(request, read, overrides, target, notices);
        WarnOfOtherPython(question, read, choice, notices);
        Validate(question, choice);
        return new PlanningQuestion(
            question,
            choice.Universal is { } universal
                ? SeveralEnvironments.Universal(
                    universal,
                    question.Environment,
                    choice.PythonVersion is not null,
                    read.RequiresPython
                )
                : null,
            SeveralEnvironments.Named(choice.Named, target.Interpreter)
        );
    }

    /// <summary>What markers of the request are judged by; null, for several environments: every marker may
    /// hold.</summary>
    /// <exception cref="InputException">The description of the environment means nothing.</exception>
    public static MarkerEnvironment? EnvironmentOf(PlanningRequest request, TargetEnvironment target) =>
        request.Environments.IsSeveral
            ? null
            : Described(request.Environments, target)?.Markers ?? target.Interpreter.Environment;

    /// <summary>The direct references that apply.</summary>
    public IReadOnlyList<Requirement> Direct =>
        [
            .. References.Active(
                [.. Request.Roots, .. Request.Constraints, .. Request.Overrides],
                IsSeveral ? null : Request.Environment
            ),
        ];

    private static DescribedEnvironment? Described(EnvironmentChoice choice, TargetEnvironment target) =>
        choice.IsDescribed
            ? DescribedEnvironment.Of(target.Interpreter, choice.PythonVersion, choice.PythonPlatform)
            : null;

    private static PlanRequest RequestFor(
        PlanningRequest request,
        RequirementReader read,
        IReadOnlyList<Requirement> overrides,
        TargetEnvironment target,
        Notices notices
    )
    {
        var choice = request.Environments;
        var described = Described(choice, target);
        var question = request.Prefer(
            new PlanRequest
            {
                Roots = read.Roots,
                Constraints = read.Constraints,
                Overrides = overrides,
                Environment = described?.Markers ?? target.Interpreter.Environment,
                Tags = described?.Tags ?? target.Interpreter.Tags,
                Waivers = request.Waivers,
                Exclusions = request.Exclusions,
                AsksBackends = request.Metadata.RunsBackends,
            }
        );
        question = read.Settings.ApplyTo(question, request.Formats(), request.IsPrereleaseGiven);
        return request.Lock is { } previous
            ? question with
            {
                Preferred = PreviousVersions.Of(previous, choice.IsSeveral ? null : question.Environment, notices),
            }
            : question;
    }

    private static void WarnOfOtherPython(
        PlanRequest question,
        RequirementReader read,
        EnvironmentChoice choice,
        Notices notices
    )
    {
        if (
            read.RequiresPython is { } pythons
            && choice.Universal is null
            && !pythons.Contains(Version.Parse(question.Environment.PythonFullVersion.TrimEnd('+')), prereleases: true)
        )
            notices.Warning(
                $"the request requires Python {pythons}, but the environment has "
                    + $"{question.Environment.PythonFullVersion}"
            );
    }

    private static void Validate(PlanRequest question, EnvironmentChoice choice)
    {
        if (choice.Universal is not null && question.Objectives.Any(each => each != Objective.Newest))
            throw InputException.Usage(
                "--universal does not support --objective",
                "use --environment, or plan for one environment"
            );
        if (choice.IsSeveral && question.BuildIsolation != BuildIsolation.None)
            throw InputException.Usage(
                "--build-isolation per-build supports one environment only",
                "plan for each environment separately: --python-version and --python-platform"
            );
    }
}
