using System.Collections;

namespace Resolver.Execution.Processes;

/// <summary>The variables a child process gets: the caller's, less what would change pip's mind, plus what a step
/// needs. Immutable.</summary>
public sealed class ChildEnvironment
{
    private readonly IReadOnlyDictionary<string, string> caller;
    private readonly SortedDictionary<string, string> own;

    private ChildEnvironment(IReadOnlyDictionary<string, string> caller, SortedDictionary<string, string> own) =>
        (this.caller, this.own) = (caller, own);

    /// <summary>The caller's environment without <c>PIP_*</c> and with no configuration file for pip: both would
    /// change what pip does, unseen (<c>--no-index</c> does not switch off PIP_FIND_LINKS). Everything else is kept:
    /// the user's finder may depend on it.</summary>
    /// <param name="callerEnvironment">Null for the variables of this process.</param>
    public static ChildEnvironment ForPip(IReadOnlyDictionary<string, string>? callerEnvironment) =>
        new(
            callerEnvironment ?? OfThisProcess(),
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["PIP_CONFIG_FILE"] = OperatingSystem.IsWindows() ? "nul" : "/dev/null",
            }
        );

    /// <summary>The value a child sees, or null where the variable is not set.</summary>
    public string? this[string name] =>
        own.TryGetValue(name, out var value) ? value
        : IsPips(name) ? null
        : caller.TryGetValue(name, out value) ? value
        : null;

    /// <summary>What is set beside the caller's own variables, sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Own => own;

    /// <summary>The same with a variable set.</summary>
    public ChildEnvironment With(string name, string value) =>
        new(caller, new SortedDictionary<string, string>(own, StringComparer.Ordinal) { [name] = value });

    /// <summary>The same with folders put before those a path variable has already (PYTHONPATH, PATH).</summary>
    public ChildEnvironment WithPrepended(string name, IReadOnlyList<string> folders) =>
        folders.Count == 0
            ? this
            : With(
                name,
                string.Join(Path.PathSeparator, this[name] is { Length: > 0 } present ? [.. folders, present] : folders)
            );

    /// <summary>Every variable of the child.</summary>
    public IReadOnlyDictionary<string, string> All()
    {
        var all = new SortedDictionary<string, string>(own, StringComparer.Ordinal);
        foreach (var (name, value) in caller)
        {
            if (!IsPips(name))
                all.TryAdd(name, value);
        }
        return all;
    }

    private static bool IsPips(string name) =>
        name.StartsWith(
            "PIP_",
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );

    private static Dictionary<string, string> OfThisProcess() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(each => (string)each.Key, each => (string?)each.Value ?? "", StringComparer.Ordinal);
}
