using Resolver.Packaging.Metadata;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.PyProjects;

/// <summary>Takes typed values out of one TOML table, and notes as errors those of the wrong kind.</summary>
/// <param name="name">How messages name the table, such as <c>project</c>.</param>
internal sealed class TableReader(TomlTable table, string name, string file, List<DocumentError> errors)
{
    public void Report(TomlNode at, string found, string expected) =>
        errors.Add(new DocumentError(file, at.Line, at.Column, found, expected));

    /// <summary>The string under a key; null where there is none, with an error where it is something else.</summary>
    public TomlText? Text(string key) => Take<TomlText>(key, "a string");

    /// <summary>The table under a key; null where there is none, with an error where it is something else.</summary>
    public TomlTable? Table(string key) => Take<TomlTable>(key, "a table");

    /// <summary>The strings of the array under a key; null where there is no array, items that are no strings are
    /// errors and left out.</summary>
    public IReadOnlyList<TomlText>? Texts(string key) =>
        Take<TomlArray>(key, "an array of strings") is { } array ? Texts(array, $"'{name}.{key}'") : null;

    /// <summary>The requirements of the array under a key; those that are invalid are errors and stay in the
    /// list.</summary>
    public IReadOnlyList<DeclaredRequirement>? Requirements(string key) =>
        Take<TomlArray>(key, "an array of strings") is { } array ? Requirements(array, $"'{name}.{key}'") : null;

    /// <summary>The requirements of an array.</summary>
    public IReadOnlyList<DeclaredRequirement> Requirements(TomlArray array, string place)
    {
        var requirements = new List<DeclaredRequirement>();
        foreach (var text in Texts(array, place))
        {
            var declared = DeclaredRequirement.Read(text.Value.Trim(), text.Line, text.Column);
            requirements.Add(declared);
            if (declared.ErrorIn(file) is { } error)
                errors.Add(error);
        }
        return requirements;
    }

    private List<TomlText> Texts(TomlArray array, string place)
    {
        var texts = new List<TomlText>();
        foreach (var item in array.Items)
        {
            if (item is TomlText text)
                texts.Add(text);
            else
                Report(item, $"{item.Describe()} in {place}", "a string");
        }
        return texts;
    }

    private T? Take<T>(string key, string expected)
        where T : TomlNode
    {
        var node = table[key];
        if (node is null or T)
            return (T?)node;
        Report(node, $"{node.Describe()} under '{name}.{key}'", expected);
        return null;
    }
}
