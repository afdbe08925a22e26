namespace Resolver.Packaging.Installed;

/// <summary>The part of Python's <c>configparser</c> (interpolation off) that EXTERNALLY-MANAGED needs: sections,
/// keys without regard to case, values that go on in indented lines and may hold empty ones.</summary>
internal static class IniFile
{
    /// <summary>Section to key (lower case) to value; null where a line is none of these.</summary>
    public static Dictionary<string, Dictionary<string, string>>? TryRead(string text)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        var key = default(string);
        var value = new List<string>();
        foreach (
            var line in text.TrimStart('\uFEFF')
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace('\r', '\n')
                .Split('\n')
        )
        {
            var plain = line.Trim();
            if (plain is ['#' or ';', ..])
                continue;
            if (plain.Length == 0)
            {
                if (key is not null)
                    value.Add("");
                continue;
            }
            if (char.IsWhiteSpace(line[0]) && key is not null)
            {
                value.Add(plain);
                continue;
            }
            if (!Finish())
                return null;
            if (plain is ['[', ..])
            {
                // configparser's pattern is greedy: the last bracket of the line ends the name.
                var end = plain.LastIndexOf(']');
                if (end < 2)
                    return null;
                if (!sections.TryAdd(plain[1..end], section = new Dictionary<string, string>(StringComparer.Ordinal)))
                    return null;
                continue;
            }
            var delimiter = plain.AsSpan().IndexOfAny('=', ':');
            if (section is null || delimiter <= 0)
                return null;
            key = plain[..delimiter].TrimEnd().ToLowerInvariant();
            value.Add(plain[(delimiter + 1)..].TrimStart());
        }
        return Finish() ? sections : null;

        // False where the section has the key already: configparser refuses such a file.
        bool Finish()
        {
            var isNew = key is null || section is null || section.TryAdd(key, string.Join('\n', value).TrimEnd());
            key = null;
            value.Clear();
            return isNew;
        }
    }
}
