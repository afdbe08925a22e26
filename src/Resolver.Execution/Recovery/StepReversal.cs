using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Recovery;

/// <summary>Takes back what one step did to the destination, from what the journal says. May be stopped anywhere and
/// done again.</summary>
/// <param name="deletesEdited">Whether files that were changed after their step go as the others do.</param>
internal sealed class StepReversal(
    RunDirectory run,
    RunSettings settings,
    Plan plan,
    Journal journal,
    bool deletesEdited = false
)
{
    private readonly List<EditedFile> edited = [];
    private readonly string origin = settings.Destination.Base;
    private IReadOnlyList<string>? kept;

    // Folders that stay even where empty: they did before the run.
    private IReadOnlyList<string> Kept =>
        kept ??= [
            .. settings.KeptFolders,
            .. run.FilesBefore()
                .Where(DestinationFiles.IsFolder)
                .Select(folder => Path.TrimEndingDirectorySeparator(Path.Combine(origin, folder))),
        ];

    /// <summary>The files that were changed after their step, of the steps undone so far.</summary>
    public IReadOnlyList<EditedFile> Edited => edited;

    /// <summary>Takes back the steps that have not come to their end.</summary>
    /// <param name="state">The state that the journal describes; it has broken steps.</param>
    /// <exception cref="IOException">Something cannot be written; the rest is left for a later attempt.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void RevertBroken(RunState state)
    {
        var first = state.Broken[0];
        Note(new JournalEvent(JournalEventKind.Reverting) { Order = first.Order });
        // What a broken step left is kept in the run's directory: someone else may have written it in the meantime.
        var left = new SavedFiles(Path.Combine(run.Path, first.Saved, "left"), origin);
        var files = LeftBy(state);
        left.Save(files);
        left.Delete(files, Kept);
        foreach (var broken in state.Broken.Reverse())
            PutBack(broken);
        Note(new JournalEvent(JournalEventKind.Reverted) { Order = first.Order });
    }

    /// <summary>Takes back a step that was done. A file that was there before the step stays, whoever lists it: what
    /// the step changed of it is put back, and nothing else of it is known. A file that someone changed after the step
    /// stays as it is, unless an earlier content belongs in its place: then what it held is kept in the run's
    /// directory.</summary>
    /// <param name="earlier">The finished steps before it.</param>
    /// <exception cref="IOException">Something cannot be written; the rest is left for a later attempt.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Undo(StepRecord step, IEnumerable<StepRecord> earlier)
    {
        journal.Write(new JournalEvent(JournalEventKind.Undoing) { Order = step.Order, Text = step.Saved });
        var others = Ownership.OfOthers(settings.SiteFolders, [ProjectOf(step)], origin);
        others.ExceptWith(step.Overwritten);
        others.UnionWith(FilesBefore(earlier).Except(step.Removed).Except(step.Overwritten));
        var files = WithBytecode(step.Added).Where(file => !others.Contains(file)).ToList();
        var copies = Path.Combine(run.Path, step.Saved, "undone");
        var undone = new SavedFiles(copies, origin);
        undone.Save(files);
        var changed = new EditedFiles(origin).Of(step, copies).Where(files.Contains).ToHashSet(StringComparer.Ordinal);
        var stays = deletesEdited ? [] : changed.Except(step.Removed).Except(step.Overwritten).ToHashSet();
        edited.AddRange(
            changed.Select(file => new EditedFile(
                Path.Combine(origin, file),
                stays.Contains(file) ? null : Path.Combine(copies, file)
            ))
        );
        undone.Delete([.. files.Where(file => !stays.Contains(file))], Kept);
        PutBack(step);
        journal.Write(new JournalEvent(JournalEventKind.Undone) { Order = step.Order, Text = step.Saved });
    }

    // What is there now, was not before the step, and belongs to no one else, nor to another prefix inside.
    private List<string> LeftBy(RunState state)
    {
        var known = FilesBefore(state.Finished);
        var files = DestinationFiles.ListWithEmptyFolders(settings.TrackedFolders, origin);
        files.ExceptWith(known);
        if (files.Count > 0)
            files.ExceptWith(Ownership.OfOthers(settings.SiteFolders, [.. state.Broken.Select(ProjectOf)], origin));
        return
        [
            .. NestedPrefixes
                .Outside(Path.GetDirectoryName(run.Path)!, origin, files, file => file)
                .Order(StringComparer.Ordinal),
        ];
    }

    // What was there when these steps were done, and nothing after them was.
    private HashSet<string> FilesBefore(IEnumerable<StepRecord> finished)
    {
        var known = new HashSet<string>(run.FilesBefore(), StringComparer.Ordinal);
        foreach (var step in finished)
        {
            known.ExceptWith(step.Removed);
            known.UnionWith(step.Added);
        }
        return known;
    }

    private void PutBack(StepRecord step)
    {
        new SavedFiles(Path.Combine(run.Path, step.Saved, "replaced"), origin).Restore(step.Removed);
        new SavedFiles(Path.Combine(run.Path, step.Saved, "overwritten"), origin).Restore(step.Overwritten);
    }

    private IEnumerable<string> WithBytecode(IReadOnlyList<string> files) =>
        files
            .Concat(
                files.SelectMany(file =>
                    Uninstallation
                        .BytecodeOf(Path.Combine(origin, file))
                        .Select(bytecode => DestinationFiles.Relative(origin, bytecode))
                )
            )
            .Distinct(StringComparer.Ordinal);

    private PackageName ProjectOf(StepRecord step) => plan.Steps.First(each => each.Order == step.Order).Candidate.Name;

    // On a full disk the journal cannot grow; taking back must go on all the same, and without these lines it is only
    // done once more.
    private void Note(JournalEvent entry)
    {
        try
        {
            journal.Write(entry);
        }
        catch (IOException)
        {
            // The disk is full: see above.
        }
    }
}
