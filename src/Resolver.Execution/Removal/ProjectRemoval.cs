using Resolver.Execution.Destinations;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Recovery;
using Resolver.Execution.Runs;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Removal;

/// <summary>Removes installed projects from a destination, all or none of them: the files of their RECORDs and the
/// bytecode of these. It is a run as an install is: journalled, put in order by whoever comes next where its process
/// dies, and undone by <see cref="RunUndo"/>.</summary>
/// <param name="runsFolder">Where runs are recorded.</param>
public sealed class ProjectRemoval(Interpreter interpreter, InstallDestination destination, string runsFolder)
{
    private readonly IReadOnlyList<string> siteFolders = destination.SiteFolders(interpreter);

    /// <summary>Called after each line of the journal, for tests that stop there.</summary>
    public Action<int>? JournalWritten { get; init; }

    /// <summary>What would be removed; nothing is touched.</summary>
    /// <returns>The projects in the order of their paths, or why one of them cannot be removed.</returns>
    public (IReadOnlyList<RemovedProject> Projects, string? Refusal) Preview(IReadOnlySet<PackageName> names) =>
        Preview(names, null);

    /// <summary>The names of what is in the destination, without editable installs of setuptools before
    /// PEP 660.</summary>
    public IReadOnlySet<PackageName> Names => SiteFolder.List(siteFolders).Select(each => each.Name).ToHashSet();

    /// <summary>Removes them.</summary>
    /// <param name="names">Those that are not there are passed over.</param>
    /// <param name="progress">Told of waiting for the lock, of what was settled before, and of files that stay.</param>
    /// <param name="lockHeld">The lock of the destination, where the caller has it already; it stays the caller's to
    /// dropped.</param>
    /// <exception cref="IOException">Something cannot be written; the destination is as it was, or is put in order by
    /// the next run.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="FormatException">The record of a run that was interrupted here cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was removed.</exception>
    public async Task<RemovalOutcome> RunAsync(
        IReadOnlySet<PackageName> names,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation,
        PrefixLock? lockHeld = null
    )
    {
        using var own = lockHeld is null
            ? await PrefixLock.AcquireAsync(
                destination.Base,
                () => progress?.Report(new ExecutionEvent.Waiting(destination.Base)),
                cancellation
            )
            : null;
        var held = lockHeld ?? own!;
        if (InterruptedRun.Settle(held) is { } settled)
            progress?.Report(settled);
        var (projects, refusal) = Preview(names, progress);
        if (refusal is not null)
            return new RemovalOutcome.Refused(refusal);

        var settings = new RunSettings
        {
            Python = interpreter.Executable,
            Destination = destination,
            CreatedFolders = held.CreatedFolders,
            TrackedFolders = DestinationFiles.Tracked(destination, interpreter),
            SiteFolders = siteFolders,
            KeptFolders = [.. siteFolders.Append(destination.ScriptFolder(interpreter)).Where(Directory.Exists)],
            Execution = new ExecutionOptions { RunsFolder = runsFolder },
        };
        var plan = PlanOf(projects);
        using var run = RunDirectory.Create(
            runsFolder,
            settings,
            plan,
            DestinationFiles.ListWithEmptyFolders(settings.TrackedFolders, destination.Base)
        );
        using var journal = new Journal(run.Path, JournalWritten);
        held.Name(run.Path);
        journal.Write(new JournalEvent(JournalEventKind.RunStarted));
        try
        {
            foreach (var (project, step) in projects.Zip(plan.Steps))
                Remove(project, step, run, settings, journal, progress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RunUndo.Finish(
                run,
                RunState.Of(Journal.Read(run.Path)),
                new StepReversal(run, settings, plan, journal),
                journal
            );
            held.Name(null);
            throw;
        }
        journal.Write(new JournalEvent(JournalEventKind.RunFinished));
        held.Name(null);
        return new RemovalOutcome.Removed(run.Path, projects);
    }

    private static void Remove(
        RemovedProject project,
        PlanStep step,
        RunDirectory run,
        RunSettings settings,
        Journal journal,
        IProgress<ExecutionEvent>? progress
    )
    {
        var saved = RunDirectory.SavedOf(step, 1);
        journal.Write(new JournalEvent(JournalEventKind.StepStarted) { Order = step.Order, Text = saved });
        var files = new SavedFiles(Path.Combine(run.Path, saved, "replaced"), settings.Destination.Base);
        files.Save(project.Files);
        journal.Write(
            new JournalEvent(JournalEventKind.Removing)
            {
                Order = step.Order,
                Files = project.Files,
                Text = $"{project.Name} {project.Version}",
            }
        );
        files.Delete(project.Files, settings.KeptFolders);
        journal.Write(new JournalEvent(JournalEventKind.Removed) { Order = step.Order });
        List<string> edited = project.PathLine is { } paths ? [paths.File] : [];
        if (project.PathLine is { File: var file, Line: var line })
        {
            var origin = settings.Destination.Base;
            new SavedFiles(Path.Combine(run.Path, saved, "overwritten"), origin).Save(edited);
            journal.Write(new JournalEvent(JournalEventKind.Installing) { Order = step.Order, Files = edited });
            if (!LinkedProject.RemoveLine(Path.Combine(origin, file), line))
                progress?.Report(new ExecutionEvent.Noticed(LinkedProject.Missing(Path.Combine(origin, file), line)));
        }
        journal.Write(new JournalEvent(JournalEventKind.Installed) { Order = step.Order, Files = edited });
        journal.Write(new JournalEvent(JournalEventKind.StepFinished) { Order = step.Order });
    }

    private (IReadOnlyList<RemovedProject> Projects, string? Refusal) Preview(
        IReadOnlySet<PackageName> names,
        IProgress<ExecutionEvent>? progress
    )
    {
        var found = new List<RemovedProject>();
        foreach (var project in SiteFolder.List(siteFolders).Where(each => names.Contains(each.Name)))
        {
            if (project.Version is not { } version)
                return ([], $"{project.Path}: it has no version that can be read: remove it by hand");
            var (paths, refusal) = Uninstallation.FilesOf(project, destination.Base);
            if (refusal is not null)
                return ([], refusal);
            var files = paths.Select(path => DestinationFiles.Relative(destination.Base, path)).ToList();
            foreach (
                var (file, owner) in Ownership
                    .ListedByOthers(siteFolders, project.Name, files, destination.Base)
                    .Where(each => !names.Contains(each.Value.Name))
            )
            {
                files.Remove(file);
                progress?.Report(
                    new ExecutionEvent.Noticed(
                        $"{TerminalText.OneLine(Path.Combine(destination.Base, file))} stays where {project} is removed: it is also listed by {owner}"
                    )
                );
            }
            found.Add(new RemovedProject(project.Name, version, project.Path, files));
        }
        // As with pip: where both are there, the editable install goes with the next call.
        found.AddRange(
            LinkedProject
                .In(siteFolders, names, destination, interpreter)
                .Where(linked => found.TrueForAll(each => each.Name != linked.Name))
        );
        return (found, null);
    }

    private Plan PlanOf(IReadOnlyList<RemovedProject> projects) =>
        new(
            interpreter.Environment.Variables.ToDictionary(),
            [],
            [
                .. projects.Select(
                    (each, index) =>
                        new PlanStep(
                            index + 1,
                            0,
                            StepAction.Remove,
                            new Candidate
                            {
                                Name = each.Name,
                                Version = each.Version,
                                Kind = DistributionKind.Installed,
                                Path = each.MetadataPath,
                                Requires = [],
                            },
                            [],
                            []
                        )
                ),
            ],
            [],
            new PlanStatistics()
        );
}
