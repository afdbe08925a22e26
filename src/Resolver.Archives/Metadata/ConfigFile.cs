namespace Resolver.Archives.Metadata;

/// <summary>An INI file as Python's <c>configparser.RawConfigParser</c> reads it: <c>key = value</c> or <c>key:
/// value</c>, indented lines go on, lines that begin with <c>#</c> or <c>;</c> are comments. Keys are lower case with
/// underscores, as setuptools takes them.</summary>
internal sealed class ConfigFile
{
    private readonly Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.Ordinal);

    /// <summary>Lines that are neither section, key nor continuation, from 1.</summary>
    public List<int> BadLines { get; } = [];

    /// <summary>The keys of a section in the order of the file, empty where there is no such section.</summary>
    public IReadOnlyDictionary<string, string> Section(string name) => sections.GetValueOrDefault(name) ?? [];

    /// <summary>Whether there is such a section.</summary>
    public bool Has(string section) => sections.ContainsKey(section);

    /// <summary>The value of a key, or null.</summary>
    public string? this[string section, string key] => Section(section).GetValueOrDefault(key);

    /// <param name="keepKeys">Keys stay as written: they are names of extras and not of options.</param>
    public static ConfigFile Read(string text, params string[] keepKeys)
    {
        var file = new ConfigFile();
        Dictionary<string, string>? section = null;
        string? key = null;
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
            if (!keep)
                key = key.ToLowerInvariant().Replace('-', '_');
            else
                key = key.Trim();
            keyIndent = indent;
            value.Append(content[(separator + 1)..].TrimStart());
        }
        Finish();
        return file;

        void Finish()
        {
            if (key is not null && section is not null)
                section[key] = value.ToString();
            value.Clear();
            key = null;
        }
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
