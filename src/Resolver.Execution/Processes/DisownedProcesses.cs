namespace Resolver.Execution.Processes;

/// <summary>Daemons that a build starts and disowns, in another session and without a variable that shows whose they
/// are.</summary>
public static class DisownedProcesses
{
    /// <summary>From now on, what a descendant of this process disowns becomes a child of this process (on Linux, where
    /// it becomes a subreaper), and is ended when no program of a run is left. Only for a program that starts nothing
    /// else: a daemon of its own would be ended too. Without it, runs end what is in the session of a build or carries
    /// its variable.</summary>
    public static void Adopt() => ProcessSessions.Adopt();
}
