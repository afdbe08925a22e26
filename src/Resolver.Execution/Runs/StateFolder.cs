namespace Resolver.Execution.Runs;

/// <summary>Where runs are recorded: <c>$RESOLVER_STATE_DIR/runs</c>, else <c>$XDG_STATE_HOME/resolver/runs</c>, else
/// <c>~/.local/state/resolver/runs</c>.</summary>
public static class StateFolder
{
    /// <summary>The folder that holds one folder a run; absolute; it need not exist.</summary>
    /// <param name="variable">The caller's variables.</param>
    public static string Runs(Func<string, string?> variable) =>
        Below(variable, "RESOLVER_STATE_DIR", "XDG_STATE_HOME", ".local/state", "runs");

    /// <summary>Where the logs of build backends that were asked are: <c>hooks</c> beside <c>runs</c>.</summary>
    /// <param name="variable">The caller's variables.</param>
    public static string HookLogs(Func<string, string?> variable) =>
        Below(variable, "RESOLVER_STATE_DIR", "XDG_STATE_HOME", ".local/state", "hooks");

    /// <summary>Where the sources lie that a script names, as pip cannot build their archives: <c>sources</c> beside
    /// <c>runs</c>.</summary>
    /// <param name="variable">The caller's variables.</param>
    public static string Sources(Func<string, string?> variable) =>
        Below(variable, "RESOLVER_STATE_DIR", "XDG_STATE_HOME", ".local/state", "sources");

    /// <summary>Where built wheels are kept: <c>$RESOLVER_CACHE_DIR/wheels</c>, else
    /// <c>$XDG_CACHE_HOME/resolver/wheels</c>, else <c>~/.cache/resolver/wheels</c>.</summary>
    /// <param name="variable">The caller's variables.</param>
    public static string Wheels(Func<string, string?> variable) => Path.Combine(Cache(variable), "wheels");

    /// <summary>Where everything is kept that can be had again: <c>$RESOLVER_CACHE_DIR</c>, else
    /// <c>$XDG_CACHE_HOME/resolver</c>, else <c>~/.cache/resolver</c>.</summary>
    /// <param name="variable">The caller's variables.</param>
    public static string Cache(Func<string, string?> variable) =>
        Below(variable, "RESOLVER_CACHE_DIR", "XDG_CACHE_HOME", ".cache", "");

    // XDG Base Directory Specification: a relative path there is to be ignored.
    private static string Below(Func<string, string?> variable, string own, string standard, string home, string name)
    {
        if (variable(own) is { Length: > 0 } folder)
            return Path.GetFullPath(Path.Combine(folder, name));
        var parent =
            variable(standard) is { Length: > 0 } named && Path.IsPathRooted(named)
                ? named
                : Path.Combine(
                    variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    home
                );
        return Path.TrimEndingDirectorySeparator(Path.Combine(parent, "resolver", name));
    }

    /// <summary>The folder of one run.</summary>
    /// <param name="runs">What <see cref="Runs"/> gave.</param>
    /// <param name="run">Its id, the beginning of one that no other begins with, or a path.</param>
    /// <returns>Absolute; null where there is none, or several.</returns>
    public static string? Find(string runs, string run)
    {
        if (run.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return IsRun(run) ? Path.GetFullPath(run) : null;
        if (run.Length == 0 || run is "." or ".." || !Directory.Exists(runs))
            return null;
        if (IsRun(Path.Combine(runs, run)))
            return Path.Combine(runs, run);
        var matching = All(runs)
            .Where(folder => Path.GetFileName(folder).StartsWith(run, StringComparison.Ordinal))
            .Take(2)
            .ToList();
        return matching.Count == 1 ? matching[0] : null;
    }

    /// <summary>Every run, the oldest first.</summary>
    public static IReadOnlyList<string> All(string runs) =>
        Directory.Exists(runs)
            ? [.. Directory.EnumerateDirectories(runs).Where(IsRun).Order(StringComparer.Ordinal)]
            : [];

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, Journal.FileName));
}
