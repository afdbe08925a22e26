namespace Resolver.Application.Inputs;

/// <summary>Receives what a use case says while it runs. What nobody receives is lost. Immutable.</summary>
public sealed record Notices
{
    /// <summary>Nobody listens.</summary>
    public static Notices None { get; } = new();

    /// <summary>A file was skipped, or a result may surprise. One line.</summary>
    public Action<string> Warning { get; init; } = _ => { };

    /// <summary>Something begins that may take long, such as a build backend. One line.</summary>
    public Action<string> Activity { get; init; } = _ => { };

    /// <summary>Called from any thread after each file or tree that was read; null where nobody counts them.</summary>
    public Action? FileRead { get; init; }

    /// <summary>Called from any thread with how many more files or trees were found; null where nobody counts
    /// them.</summary>
    public Action<int>? FilesFound { get; init; }

    /// <summary>Called once all files have been read.</summary>
    public Action ArchiveRead { get; init; } = () => { };

    /// <summary>Whether each skipped file gets a warning; else the first few, and their number.</summary>
    public bool ListsAllSkippedFiles { get; init; }
}
