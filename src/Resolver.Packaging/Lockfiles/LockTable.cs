using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Lockfiles;

/// <summary>Takes typed values out of one table of a lock file; everything of the wrong kind is an error.</summary>
/// <param name="prefix">How messages name the table, such as <c>packages.</c>.</param>
internal sealed class LockTable(
    TomlTable table,
    string prefix,
    string file,
    List<DocumentError> errors,
    List<DocumentError> warnings
)
{
    public TomlTable Node => table;

    public void Report(TomlNode at, string found, string expected) =>
        errors.Add(new DocumentError(file, at.Line, at.Column, found, expected));

    public void Warn(TomlNode at, string found, string expected) =>
        warnings.Add(new DocumentError(file, at.Line, at.Column, found, expected));

    public void WarnOfOtherKeys(IReadOnlyCollection<string> known)
    {
        foreach (var (key, value) in table.Entries.Where(e => !known.Contains(e.Key)))
            warnings.Add(
                new DocumentError(
                    file,
                    value.Line,
                    value.Column,
                    $"the unknown key {OneLine.Quote(prefix + key)}",
                    "a key of the standard"
                )
            );
    }

    /// <summary>A table within this one, read by the same rules.</summary>
    public LockTable Inner(TomlTable inner, string name) => new(inner, prefix + name, file, errors, warnings);

    public string? Text(string key) => Take<TomlText>(key, "a string")?.Value;

    public string RequiredText(string key)
    {
        if (!table.Has(key))
            Report(table, $"no key '{prefix}{key}'", $"the key '{prefix}{key}'");
        return Text(key) ?? "";
    }

    public long? Integer(string key) => Take<TomlInteger>(key, "an integer")?.Value;

    public bool? Boolean(string key) => Take<TomlBoolean>(key, "true or false")?.Value;

    public TomlTable? Table(string key) => Take<TomlTable>(key, "a table");

    public TomlDateTime? Date(string key) => Take<TomlDateTime>(key, "a date and time");

    public IReadOnlyList<string>? Texts(string key) => Items<TomlText>(key, "a string")?.Select(t => t.Value).ToList();

    public IReadOnlyList<TomlTable>? Tables(string key) => Items<TomlTable>(key, "a table");

    /// <summary>A string read by a parser; null where absent or unreadable.</summary>
    public T? Value<T>(string key, Func<string, ParseResult<T>> parse)
        where T : class =>
        Take<TomlText>(key, "a string") is { } text && Parsed(text, key, parse) is { Success: true } result
            ? result.Value
            : null;

    /// <summary>The same for values that are structs.</summary>
    public T? Struct<T>(string key, Func<string, ParseResult<T>> parse)
        where T : struct =>
        Take<TomlText>(key, "a string") is { } text && Parsed(text, key, parse) is { Success: true } result
            ? result.Value
            : null;

    /// <summary>An array of strings, each read by a parser; null where absent.</summary>
    public IReadOnlyList<T>? List<T>(string key, Func<string, ParseResult<T>> parse) =>
        Items<TomlText>(key, "a string")
            ?.Select(t => Parsed(t, key, parse))
            .Where(r => r.Success)
            .Select(r => r.Value)
            .ToList();

    private ParseResult<T> Parsed<T>(TomlText text, string key, Func<string, ParseResult<T>> parse)
    {
        var result = parse(text.Value);
        if (!result.Success)
            Report(text, $"{result.Error.Found} in {prefix}{key} {OneLine.Quote(text.Value)}", result.Error.Expected);
        return result;
    }

    private List<T>? Items<T>(string key, string expected)
        where T : TomlNode
    {
        if (Take<TomlArray>(key, "an array") is not { } array)
            return null;
        foreach (var item in array.Items.Where(i => i is not T))
            Report(item, $"{item.Describe()} in '{prefix}{key}'", expected);
        return [.. array.Items.OfType<T>()];
    }

    private T? Take<T>(string key, string expected)
        where T : TomlNode
    {
        var node = table[key];
        if (node is null or T)
            return (T?)node;
        Report(node, $"{node.Describe()} under '{prefix}{key}'", expected);
        return null;
    }
}
