namespace Resolver.Execution.Removal;

/// <summary>How an uninstall ended.</summary>
public abstract record RemovalOutcome
{
    private RemovalOutcome() { }

    /// <summary>All of it is removed.</summary>
    /// <param name="RunFolder">The record of the run, by which it can be undone.</param>
    public sealed record Removed(string RunFolder, IReadOnlyList<RemovedProject> Projects) : RemovalOutcome;

    /// <summary>Nothing is removed.</summary>
    /// <param name="Reason">For a person.</param>
    public sealed record Refused(string Reason) : RemovalOutcome;
}
