using System.Collections;

namespace Resolver.Cli.Terminal;

/// <summary>What a run sees of the world beside its arguments and its two streams. Immutable; tests make their
/// own.</summary>
internal sealed record ConsoleEnvironment
{
    /// <summary>The first letters of each environment variable that sets an option.</summary>
    public const string OwnPrefix = "RESOLVER_";

    private const int WidthWithoutTerminal = 100;

    private static readonly string[] VariablesOfInterest = ["NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether standard output is a terminal: without one, no decoration.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal: without one, no progress and no colour there.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal; where there is none, what help is folded to.</summary>
    public int Width { get; init; } = WidthWithoutTerminal;

    /// <summary>How many columns there are now, for what is drawn repeatedly: a window may change its
    /// size.</summary>
    public Func<int> TerminalWidth { get; init; } = () => WidthWithoutTerminal;

    /// <summary>Environment variables that decide about output (<c>NO_COLOR</c>, <c>TERM</c>, <c>LC_ALL</c> and its
    /// kin), and those that set options (<c>RESOLVER_…</c>).</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the search for configuration files begins, absolute; null: in the working directory of the
    /// process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The clock that decides whether something has taken long enough to be reported.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Asks a question that is answered by yes or no; null where nobody is there to answer.</summary>
    public Func<string, bool>? Confirm { get; init; }

    /// <summary>Cancelled when the user interrupts (Ctrl-C).</summary>
    public CancellationToken Interruption { get; init; }

    /// <summary>That of this process.</summary>
    public static ConsoleEnvironment OfProcess(CancellationToken interruption) =>
        new()
        {
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            TerminalWidth = WidthOfTerminal,
            Width = Console.IsOutputRedirected ? WidthWithoutTerminal : WidthOfTerminal(),
            Variables = Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
                .Where(variable =>
                    variable.Value is not null
                    && (
                        VariablesOfInterest.Contains(variable.Name)
                        || variable.Name.StartsWith(OwnPrefix, StringComparison.Ordinal)
                    )
                )
                .ToDictionary(variable => variable.Name, variable => variable.Value!),
            Confirm = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Ask,
            Interruption = interruption,
        };

    /// <summary>The variable's value, or null where it is unset or empty (<c>NO_COLOR</c> counts only when it is not
    /// empty).</summary>
    public string? this[string variable] =>
        Variables.GetValueOrDefault(variable) is { Length: > 0 } value ? value : null;

    /// <summary>The character set of the terminal, as the locale says; null: UTF-8. A locale without one ('C') is
    /// taken for UTF-8, as everybody does by now.</summary>
    public string? CharacterSet
    {
        get
        {
            var locale = this["LC_ALL"] ?? this["LC_CTYPE"] ?? this["LANG"] ?? "";
            var dot = locale.IndexOf('.');
            if (dot < 0)
                return null;
            var name = locale[(dot + 1)..].Split('@')[0].ToUpperInvariant().Replace("-", "");
            return name is "UTF8" or "" ? null : name;
        }
    }

    private static bool Ask(string question)
    {
        Console.Error.Write($"{PlainText.Of(question)} [y/N] ");
        return Console.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : WidthWithoutTerminal;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return WidthWithoutTerminal;
        }
    }
}
