using System.Collections;
using Resolver.Cli.Configuration;

namespace Resolver.Cli;

/// <summary>What a run sees of the world beside its arguments and its two streams. Immutable; tests make their own.</summary>
internal sealed record ConsoleEnvironment
{
    private static readonly string[] VariablesOfInterest = ["NO_COLOR", "TERM"];

    /// <summary>Whether standard output is a terminal: without one, no decoration.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal: without one, no progress and no colour there.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Environment variables that decide about output (<c>NO_COLOR</c>, <c>TERM</c>), and those that set options (<c>RESOLVER_…</c>).</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the search for configuration files begins, absolute; null: in the working directory of the process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Cancelled when the user interrupts (Ctrl-C).</summary>
    public CancellationToken Interruption { get; init; }

    /// <summary>That of this process.</summary>
    public static ConsoleEnvironment OfProcess(CancellationToken interruption) => new()
    {
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
            .Where(variable => variable.Value is not null && (VariablesOfInterest.Contains(variable.Name) || variable.Name.StartsWith(Settings.Prefix, StringComparison.Ordinal)))
            .ToDictionary(variable => variable.Name, variable => variable.Value!),
        Interruption = interruption,
    };

    /// <summary>The variable's value, or null where it is unset or empty (<c>NO_COLOR</c> counts only when it is not empty).</summary>
    public string? this[string variable] => Variables.GetValueOrDefault(variable) is { Length: > 0 } value ? value : null;
}
