using System.Collections.Concurrent;
using Resolver.Interpreters;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Destinations;

/// <summary>Where each step of a plan goes, and what a build must have on its path to see all of the plan that is
/// there. For a template that is the places of the plan's own versions and no others: which version is seen is
/// decided by the plan, not by what happens to lie beside it. Immutable.</summary>
public sealed class PlanPlaces
{
    private readonly InstallDestination destination;
    private readonly Interpreter interpreter;
    private readonly Plan plan;
    private readonly ConcurrentDictionary<int, PlanPlaces> before = [];

    public PlanPlaces(InstallDestination destination, Interpreter interpreter, Plan plan)
    {
        (this.destination, this.interpreter, this.plan) = (destination, interpreter, plan);
        var installed = plan.Steps.Where(step => step.Action == StepAction.Install).Select(Of).Distinct().ToList();
        SiteFolders = destination.IsTemplate
            ? [.. installed.SelectMany(each => each.SiteFolders(interpreter)).Distinct(StringComparer.Ordinal)]
            : destination.SiteFolders(interpreter);
        TrackedFolders = destination.IsTemplate
            ? [.. installed.Select(RootOf)]
            : DestinationFiles.Tracked(destination, interpreter);
        ScriptFolders = destination.IsTemplate
            ? [.. installed.Select(each => each.ScriptFolder(interpreter))]
            : [destination.ScriptFolder(interpreter)];
        // What is kept in a template is found where it lies, which need not be where a step would put it now.
        var kept = destination.IsTemplate
            ? plan.Steps.Where(step => step.Action == StepAction.Keep && IsBelow(step.Candidate.Path)).ToList()
            : [];
        SearchPath =
        [
            .. SiteFolders
                .Concat(kept.Select(step => Path.GetDirectoryName(Path.GetFullPath(step.Candidate.Path!))!))
                .Distinct(StringComparer.Ordinal),
        ];
        ProgramPath =
        [
            .. ScriptFolders
                .Concat(kept.Select(step => Of(step).ScriptFolder(interpreter)).Where(Directory.Exists))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The folder everything is written below, absolute.</summary>
    public string Base => destination.Base;

    /// <summary>Whether several steps go to one place.</summary>
    public bool IsShared => !destination.IsTemplate;

    /// <summary>The site folders that steps of the plan write to.</summary>
    public IReadOnlyList<string> SiteFolders { get; }

    /// <summary>The folders that steps of the plan put scripts into.</summary>
    public IReadOnlyList<string> ScriptFolders { get; }

    /// <summary>The folders whose files a run looks after.</summary>
    public IReadOnlyList<string> TrackedFolders { get; }

    /// <summary>What stands before PYTHONPATH while the plan is run, and for whoever uses its result.</summary>
    public IReadOnlyList<string> SearchPath { get; }

    /// <summary>Likewise, before PATH.</summary>
    public IReadOnlyList<string> ProgramPath { get; }

    /// <summary>What a build of a stage sees: of a template what is kept and the places of earlier stages, so that it
    /// does not matter what of its own stage is installed already.</summary>
    internal PlanPlaces Before(int stage) =>
        IsShared
            ? this
            : before.GetOrAdd(
                stage,
                number => new PlanPlaces(
                    destination,
                    interpreter,
                    plan with
                    {
                        Steps = [.. plan.Steps.Where(step => step.Action == StepAction.Keep || step.Stage < number)],
                    }
                )
            );

    /// <summary>Where a step goes: no template.</summary>
    public InstallDestination Of(PlanStep step) => destination.Of(step.Candidate.Name, step.Candidate.Version);

    /// <summary>The site folders of the place a step goes to.</summary>
    public IReadOnlyList<string> SiteFoldersOf(PlanStep step) => Of(step).SiteFolders(interpreter);

    private static string RootOf(InstallDestination place) =>
        place switch
        {
            InstallDestination.Root { PrefixBelow: { } below } root => Path.Combine(
                root.Base,
                below.TrimStart(Path.DirectorySeparatorChar)
            ),
            _ => place.Base,
        };

    private bool IsBelow(string? path) => path is not null && Uninstallation.LiesBelow(Path.GetFullPath(path), Base);
}
