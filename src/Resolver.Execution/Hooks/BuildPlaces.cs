using System.Globalization;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Processes;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Execution.Wheels;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Hooks;

/// <summary>Makes the environment in which a plan would build a step: its build requirements and all they need to
/// run, each as the plan has it, in a prefix of their own below a scratch folder. What must be built for that is
/// built first, in an isolated environment as well.</summary>
/// <remarks>Prefixes live as long as the session: projects of one backend share one.</remarks>
internal sealed class BuildPlaces(Interpreter interpreter, HookOptions options, string scratch, HookProcesses processes)
{
    private static readonly Plan Nothing = new(new Dictionary<string, string>(), [], [], [], new PlanStatistics());

    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> wheels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HookOutcome.Failed> failures = new(StringComparer.Ordinal);
    private readonly WheelStore store = new(
        options.CacheFolder is { } cache ? Path.Combine(cache, "wheels") : Path.Combine(scratch, "wheels")
    );
    private PipFrontend? frontend;

    /// <summary>The commands for an environment.</summary>
    /// <param name="place">A prefix.</param>
    public async Task<StepCommandBuilder> CommandsAsync(string place, CancellationToken cancellation) =>
        CommandsFor(
            place,
            frontend ??= await PipFrontend.FindAsync(
                interpreter,
                options.NamedPip,
                options.CallerEnvironment,
                cancellation
            )
        );

    /// <summary>The variables of a build, and the settings of its project; no pip is needed to know them.</summary>
    public StepCommandBuilder VariablesFor(string place) =>
        CommandsFor(place, frontend ?? new PipFrontend(interpreter.Executable, [], PipFrontend.OldestOwn));

    /// <summary>The prefix for the build of a step.</summary>
    public async Task<(string? Place, HookOutcome.Failed? Failure)> ForAsync(
        PlanStep step,
        PlannedEnvironments environments,
        CancellationToken cancellation
    )
    {
        var needed = environments
            .Of(step)
            .Where(provider => provider.Candidate.Kind != DistributionKind.Installed)
            .ToList();
        var key = string.Join('\0', needed.Select(each => $"{each.Candidate.Path} {each.Candidate.Sha256}"));
        if (places.TryGetValue(key, out var known))
            return (known, null);

        var files = new List<string>();
        foreach (var provider in needed)
        {
            var (wheel, failure) = await WheelAsync(provider, environments, cancellation);
            if (wheel is null)
                return (null, failure);
            files.Add(wheel);
        }
        var place = Path.Combine(scratch, $"place-{places.Count}");
        Directory.CreateDirectory(place);
        if (files.Count > 0)
        {
            var temporary = Directory.CreateTempSubdirectory("resolver-").FullName;
            try
            {
                var command = (await CommandsAsync(place, cancellation)).InstallWheels(needed[0], temporary, files);
                var process = new PipBuild(command);
                if (await processes.RunAsync(process, needed[0].Candidate, "install", cancellation) is { } failure)
                    return (null, failure);
            }
            finally
            {
                Runs.RunDirectory.DeleteFolder(temporary);
            }
        }
        return (places[key] = place, null);
    }

    private async Task<(string? Wheel, HookOutcome.Failed? Failure)> WheelAsync(
        PlanStep step,
        PlannedEnvironments environments,
        CancellationToken cancellation
    )
    {
        var variables = VariablesFor(scratch);
        if (!step.Candidate.IsBuilt)
        {
            var folder = Path.Combine(
                scratch,
                "wheels",
                step.Order.ToString(CultureInfo.InvariantCulture),
                Guid.NewGuid().ToString("N")
            );
            var (taken, altered) = variables.CopyOf(step, folder);
            return altered is null
                ? (taken, null)
                : (null, new HookOutcome.Failed(step.Candidate, altered.Code, altered.Reason));
        }
        var key = WheelKey.Of(
            step,
            environments.Of(step).Select(each => each.Candidate),
            interpreter,
            variables.SettingsOf(step.Candidate),
            variables.BuildEnvironment(step, ""),
            variables.VariablesFor(step).Select(each => each.Key)
        );
        if (key is not null && store.Find(key) is { } kept)
            return (kept.Path, null);
        if (wheels.TryGetValue(step.Candidate.Path!, out var built))
            return (built, null);
        // Who needs it too hears of it without another attempt.
        if (key is not null && failures.TryGetValue(key, out var earlier))
            return (null, earlier);

        var (place, failure) = await ForAsync(step, environments, cancellation);
        if (place is null)
            return (null, failure);
        var temporary = Directory.CreateTempSubdirectory("resolver-").FullName;
        try
        {
            using var mask = new FileMask();
            var output = Path.Combine(scratch, $"wheel-{wheels.Count}");
            Directory.CreateDirectory(output);
            var (source, changed) = variables.SourceOf(
                step,
                Path.Combine(temporary, "archive"),
                Path.Combine(temporary, "source"),
                cancellation
            );
            if (source is null)
                return (null, new HookOutcome.Failed(step.Candidate, changed!.Code, changed.Reason));
            var commands =
                options.BuildFrontend == BuildFrontend.Pip
                    ? await CommandsAsync(place, cancellation)
                    : VariablesFor(place);
            var (process, unusable) = new BuildProcesses(interpreter, commands, options.BuildFrontend).Of(
                step,
                source,
                temporary,
                output,
                null,
                cancellation
            );
            if (process is null)
                return (null, new HookOutcome.Failed(step.Candidate, unusable!.Code, unusable.Reason));
            if (await processes.RunAsync(process, step.Candidate, "build", cancellation) is { } failed)
            {
                if (key is not null)
                    failures[key] = failed;
                return (null, failed);
            }
            var (wheel, wrong) = WheelBuilds.Result(step, output);
            if (wheel is null)
                return (
                    null,
                    new HookOutcome.Failed(
                        step.Candidate,
                        HookCodes.RequirementFailed,
                        $"{step.Candidate.Path}: {wrong!.Reason}"
                    )
                );
            return (wheels[step.Candidate.Path!] = key is null ? wheel : store.Keep(key, wheel).Path, null);
        }
        finally
        {
            Runs.RunDirectory.DeleteFolder(temporary);
        }
    }

    private StepCommandBuilder CommandsFor(string place, PipFrontend pip) =>
        new(
            pip,
            new PlanPlaces(new InstallDestination.Prefix(place), interpreter, Nothing),
            new ExecutionOptions
            {
                BaseFolder = options.BaseFolder,
                SearchPath = options.SearchPath,
                ConfigSettings = options.ConfigSettings,
                ProjectEnvironment = options.ProjectEnvironment,
                CallerEnvironment = options.CallerEnvironment,
            }
        );
}
