namespace Resolver.Execution.Runs;

/// <summary>A run in one line.</summary>
/// <param name="Id">As <c>install --resume</c> and <c>undo</c> take it.</param>
/// <param name="Folder">Its record.</param>
/// <param name="Status">As the journal says; <see cref="RunStatus.Open"/> where it is under way or its process has
/// died.</param>
/// <param name="Destination">The base of where it installed.</param>
/// <param name="Installed">Steps that are done and have not been undone.</param>
/// <param name="Started">Universal Time; null where it died before its first line.</param>
public sealed record RunSummary(
    string Id,
    string Folder,
    RunStatus Status,
    string Destination,
    int Installed,
    DateTime? Started
)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">The record cannot be read.</exception>
    /// <exception cref="FormatException">It is none.</exception>
    public static RunSummary Read(string folder)
    {
        var events = Journal.Read(folder);
        var state = RunState.Of(events);
        return new RunSummary(
            Path.GetFileName(folder),
            folder,
            state.Status,
            RunSettings.Read(folder).Destination.Base,
            state.Finished.Select(step => step.Order).Distinct().Count(),
            events.Count > 0 ? events[0].Time : null
        );
    }
}
