using Resolver.Archives.Reading;

namespace Resolver.Archives.Metadata;

/// <summary>An INI file as Python's <c>configparser.ConfigParser</c> reads it: <c>key = value</c> or <c>key:
/// value</c>, indented lines go on, lines that begin with <c>#</c> or <c>;</c> are comments, <c>%(key)s</c> stands for
/// the value of another key of the section or of <c>[DEFAULT]</c>, <c>%%</c> for a percent sign. Keys are lower case
/// with underscores, as setuptools takes them; <c>%(key)s</c> needs the key as written.</summary>
internal sealed class ConfigFile
{
    // MAX_INTERPOLATION_DEPTH of configparser.
    private const int DeepestInterpolation = 10;

    private readonly Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> written = new(StringComparer.Ordinal);

    /// <summary>Whether a value holds a percent sign that stands for nothing: then configparser refuses the
    /// file.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Lines that are neither section, key nor continuation, from 1.</summary>
    public List<int> BadLines { get; } = [];

    /// <summary>The keys of a section in the order of the file, empty where there is no such section.</summary>
    public IReadOnlyDictionary<string, string> Section(string name) => sections.GetValueOrDefault(name) ?? [];

    /// <summary>Whether there is such a section.</summary>
    public bool Has(string section) => sections.ContainsKey(section);

    /// <summary>The value of a key, or null.</summary>
    public string? this[string section, string key] => Section(section).GetValueOrDefault(key);

    /// <param name="keepKeys">Keys stay as written: they are names of extras and not of options.</param>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public static ConfigFile Read(string text, params string[] keepKeys) => Read(text, new ReadingBudget(), keepKeys);

    /// <inheritdoc cref="Read(string, string[])"/>
    public static ConfigFile Read(string text, ReadingBudget budget, params string[] keepKeys)
    {
        var file = new ConfigFile();
        Dictionary<string, string>? section = null;
        string? key = null;
        var (asWritten, sectionName) = ("", "");
        var keyIndent = 0;
        var keep = false;
        var number = 0;
        var value = new System.Text.StringBuilder();
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd();
            var content = line.TrimStart();
            if (content.Length == 0 || content[0] is '#' or ';')
                continue;
            var indent = line.Length - content.Length;
            if (key is not null && section is not null && indent > keyIndent)
            {
                value.Append('\n').Append(content);
                continue;
            }
            Finish();
            if (content[0] == '[' && content.IndexOf(']', StringComparison.Ordinal) is var close and > 0)
            {
                var name = content[1..close];
                sectionName = name;
                if (!file.sections.TryGetValue(name, out section))
                    file.sections[name] = section = new(StringComparer.Ordinal);
                keep = keepKeys.Contains(name);
                key = null;
                continue;
            }
            var separator = content.AsSpan().IndexOfAny('=', ':');
            if (section is null || separator <= 0)
            {
                file.BadLines.Add(number);
                key = null;
                continue;
            }
            key = content[..separator].TrimEnd();
            asWritten = key;
            if (!keep)
                key = key.ToLowerInvariant().Replace('-', '_');
            else
                key = key.Trim();
            keyIndent = indent;
            value.Append(content[(separator + 1)..].TrimStart());
        }
        Finish();
        file.Interpolate(budget, keepKeys);
        return file;

        void Finish()
        {
            if (key is not null && section is not null)
            {
                section[key] = value.ToString();
                if (!file.written.TryGetValue(sectionName, out var its))
                    file.written[sectionName] = its = new(StringComparer.Ordinal);
                its[asWritten] = value.ToString();
            }
            value.Clear();
            key = null;
        }
    }

    /// <summary>Puts values in the place of their names, and defaults into every section.</summary>
    private void Interpolate(ReadingBudget budget, string[] keepKeys)
    {
        var defaults = written.GetValueOrDefault("DEFAULT") ?? [];
        sections.Remove("DEFAULT");
        // What other tools read is theirs.
        foreach (var (name, section) in sections.Where(each => IsOfSetuptools(each.Key)).ToList())
        {
            var its = written.GetValueOrDefault(name) ?? [];
            foreach (var (key, value) in its.Concat(defaults.Where(each => !its.ContainsKey(each.Key))))
            {
                budget.Spend(ReadingBudget.Step);
                section[keepKeys.Contains(name) ? key : key.ToLowerInvariant().Replace('-', '_')] = value.Contains(
                    '%',
                    StringComparison.Ordinal
                )
                    ? Interpolated(value, its, defaults, budget, 1)
                    : value;
            }
        }
    }

    private static bool IsOfSetuptools(string section) =>
        section is "metadata" or "options" or "egg_info" or "files" or "extras"
        || section.StartsWith("options.", StringComparison.Ordinal);

    private string Interpolated(
        string value,
        Dictionary<string, string> section,
        Dictionary<string, string> defaults,
        ReadingBudget budget,
        int depth
    )
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; at < value.Length && !IsRefused; at++)
        {
            budget.Spend(1);
            if (value[at] != '%')
                text.Append(value[at]);
            else if (at + 1 < value.Length && value[at + 1] == '%')
                text.Append(value[at++]);
            else if (
                at + 1 < value.Length
                && value[at + 1] == '('
                && value.IndexOf(')', at) is var close
                && close > at + 2
                && close + 1 < value.Length
                && value[close + 1] == 's'
                && value[(at + 2)..close] is var key
                && (section.GetValueOrDefault(key) ?? defaults.GetValueOrDefault(key)) is { } other
                && depth < DeepestInterpolation
            )
            {
                text.Append(Interpolated(other, section, defaults, budget, depth + 1));
                at = close + 1;
            }
            else
                IsRefused = true;
        }
        return text.ToString();
    }

    /// <summary>A list as setuptools writes it: one item a line, or (where there is one line only) separated by
    /// <paramref name="separator"/>.</summary>
    public static IReadOnlyList<string> List(string value, char separator = ',') =>
        [
            .. (value.Contains('\n', StringComparison.Ordinal) ? value.Split('\n') : value.Split(separator))
                .Select(v => v.Trim())
                .Where(v => v.Length > 0),
        ];
}
