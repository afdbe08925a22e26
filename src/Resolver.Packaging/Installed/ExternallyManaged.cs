namespace Resolver.Packaging.Installed;

/// <summary>The file <c>EXTERNALLY-MANAGED</c> in an interpreter's stdlib folder (PEP 668). Its presence forbids
/// changes to the default scheme outside a virtual environment; <c>--prefix</c>, <c>--target</c> and <c>--root</c>
/// are exempt. Its content only explains.</summary>
public sealed class ExternallyManaged
{
    /// <summary>What to say where the file does not: it suggests a virtual environment, as the standard asks.</summary>
    public const string DefaultError =
        "This Python installation is managed by another tool, such as the system's package manager. "
        + "Install into a virtual environment (python3 -m venv DIR) or into a prefix of your own instead.";

    private readonly Dictionary<string, string> errors;

    private ExternallyManaged(Dictionary<string, string> errors) => this.errors = errors;

    /// <summary>Reads the file; one that cannot be parsed has no message, and counts all the same.</summary>
    public static ExternallyManaged Read(string text) =>
        new(
            IniFile.TryRead(text)?.GetValueOrDefault("externally-managed")
                ?? new Dictionary<string, string>(StringComparer.Ordinal)
        );

    /// <summary>The message for a locale.</summary>
    /// <param name="locale">Such as <c>de_DE.UTF-8</c>, <c>de-DE</c> or <c>de</c>; null, empty, <c>C</c> and
    /// <c>POSIX</c> mean none.</param>
    /// <returns><c>Error-de_DE</c>, else <c>Error-de</c>, else <c>Error</c>, else <see cref="DefaultError"/>.</returns>
    public string Error(string? locale = null)
    {
        if (locale is { Length: > 0 } and not ("C" or "POSIX"))
        {
            // The file's names are those of Python's locale module: language, underscore, country; without encoding
            // and modifier.
            var name = locale.Split('.', '@')[0].Replace('-', '_');
            if (errors.TryGetValue("error-" + name.ToLowerInvariant(), out var whole))
                return whole;
            if (errors.TryGetValue("error-" + name.Split('_')[0].ToLowerInvariant(), out var language))
                return language;
        }
        return errors.GetValueOrDefault("error", DefaultError);
    }
}
