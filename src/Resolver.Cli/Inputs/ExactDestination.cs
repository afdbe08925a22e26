using Resolver.Application.Targets;
using Resolver.Cli.Terminal;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Removal;
using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Inputs;

/// <summary>A destination in which nothing but a plan is to be left.</summary>
internal sealed class ExactDestination
{
    // What makes an environment one that can be worked with; nobody requests it.
    private static readonly PackageName[] OfEnvironments =
    [
        PackageName.Parse("pip"),
        PackageName.Parse("setuptools"),
        PackageName.Parse("wheel"),
    ];

    private readonly ProjectRemoval removal;
    private readonly HashSet<PackageName> names;

    /// <exception cref="CommandException">The destination is not one whose contents are the plan's alone.</exception>
    public ExactDestination(TargetEnvironment workplace, Plan plan)
    {
        if (workplace.Destination is { IsTemplate: true })
            throw CommandException.Usage(
                "--prefix with {name} or {version} cannot be made to contain exactly one plan"
            );
        if (workplace is { Destination: null, Interpreter: var its } && its.Prefix == its.BasePrefix)
            throw CommandException.Usage(
                $"{its.Executable} is not in a virtual environment: everything but the plan would be removed from "
                    + $"{its.Prefix}",
                "name a destination: --prefix, --target or --root; or the Python of a virtual environment: --python"
            );
        removal = new ProjectRemoval(
            workplace.Interpreter,
            workplace.Destination ?? InterpreterPrefix.Of(workplace.Interpreter),
            RecordedRun.Runs
        );
        names =
        [
            .. removal
                .Names.Except(plan.Steps.Select(step => step.Candidate.Name))
                .Except(workplace.Destination is null ? OfEnvironments : []),
        ];
    }

    /// <summary>What is to be removed.</summary>
    /// <exception cref="CommandException">Something of it cannot be.</exception>
    public IReadOnlyList<RemovedVersion> Preview()
    {
        var (projects, refusal) = removal.Preview(names);
        return refusal is null
            ? [.. projects.Select(each => new RemovedVersion(each.Name, each.Version, each.MetadataPath))]
            : throw new CommandException(ExitCode.StepFailed, refusal);
    }

    /// <summary>Removes it, in a run of its own.</summary>
    /// <param name="held">The lock of the destination.</param>
    /// <returns>The id of the run, or null where nothing had to be removed.</returns>
    /// <exception cref="CommandException">Something of it cannot be removed; all of it is still there.</exception>
    public async Task<string?> RemoveAsync(
        PrefixLock? held,
        IProgress<ExecutionEvent> progress,
        CancellationToken cancellation
    )
    {
        if (names.Count == 0)
            return null;
        var done = await CheckedRemoval.RunAsync(removal, names, "removed", progress, cancellation, held);
        return Path.GetFileName(done.RunFolder);
    }
}
