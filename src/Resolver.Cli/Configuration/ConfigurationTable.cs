using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;

namespace Resolver.Cli.Configuration;

/// <summary>Takes typed values out of one table of a configuration file. Keys that nobody requested are errors: a
/// mistyped key must not pass for a default.</summary>
/// <param name="table">The table.</param>
/// <param name="name">Its name with a dot after it, or nothing for the top of the file.</param>
/// <param name="file">As messages name the file.</param>
/// <param name="errors">Gets what is wrong.</param>
internal sealed class ConfigurationTable(TomlTable table, string name, string file, List<DocumentError> errors)
{
    private readonly List<string> known = [];

    /// <summary>The table itself.</summary>
    public TomlTable Table { get; } = table;

    public Origin Origin(TomlNode node) => new(OriginKind.File, file, node.Line);

    /// <summary>The value of a key, or null where there is none.</summary>
    public TomlNode? this[string key]
    {
        get
        {
            known.Add(key);
            return Table[key];
        }
    }

    /// <summary>The string under a key.</summary>
    public TomlText? Text(string key) =>
        this[key] switch
        {
            null => null,
            TomlText { Value.Length: > 0 } text => text,
            var other => Wrong<TomlText>(other, key, "a string that is not empty"),
        };

    /// <summary>The strings under a key, which is an array of strings or a single one; null where there is no such
    /// key.</summary>
    public IReadOnlyList<TomlText>? Texts(string key)
    {
        switch (this[key])
        {
            case null:
                return null;
            case TomlText { Value.Length: > 0 } text:
                return [text];
            case TomlArray array:
                return
                [
                    .. array
                        .Items.Select(item =>
                            item is TomlText { Value.Length: > 0 } text
                                ? text
                                : Wrong<TomlText>(item, key, "strings that are not empty")
                        )
                        .OfType<TomlText>(),
                ];
            case var other:
                return Wrong<List<TomlText>>(other, key, "an array of strings");
        }
    }

    /// <summary>The table under a key; its keys are whatever they are.</summary>
    public TomlTable? Inner(string key) =>
        this[key] switch
        {
            null => null,
            TomlTable inner => inner,
            var other => Wrong<TomlTable>(other, key, "a table"),
        };

    /// <summary>The items of the array under a key.</summary>
    public IReadOnlyList<TomlNode> Items(string key) =>
        this[key] switch
        {
            null => [],
            TomlArray array => array.Items,
            var other => Wrong<List<TomlNode>>(other, key, "an array") ?? [],
        };

    /// <summary>The name of a project under a key.</summary>
    public PackageName? Project(string key) => Text(key) is { } text ? Project(text) : null;

    /// <summary>The name of a project.</summary>
    public PackageName? Project(TomlText text) => Read(PackageName.TryParse(text.Value), text);

    /// <summary>The bounds under a key.</summary>
    public SpecifierSet? Specifiers(string key) =>
        Text(key) is { } text ? ReadClass(SpecifierSet.TryParse(text.Value), text) : null;

    /// <summary>The requirements under a key; null where there is no such key.</summary>
    public IReadOnlyList<Requirement>? Requirements(string key) =>
        Texts(key) is { } texts
            ? [.. texts.Select(text => ReadClass(Requirement.TryParse(text.Value), text)).OfType<Requirement>()]
            : null;

    /// <summary>A project and versions of it: a requirement with neither extras nor URL nor marker.</summary>
    public Requirement? ProjectAndVersions(TomlText text)
    {
        if (ReadClass(Requirement.TryParse(text.Value), text) is not { } requirement)
            return null;
        if (requirement is { Extras.Count: 0, Url: null, Marker: null })
            return requirement;
        Report(text, $"'{text.Value}'", "a project and versions only, such as 'name<2'");
        return null;
    }

    /// <summary>A value that was parsed, or null with an error.</summary>
    public T? Read<T>(ParseResult<T> parsed, TomlText text)
        where T : struct
    {
        if (parsed.Success)
            return parsed.Value;
        Report(
            text,
            $"{parsed.Error.Found} at position {parsed.Error.Position + 1} of '{text.Value}'",
            parsed.Error.Expected
        );
        return null;
    }

    /// <summary>Likewise.</summary>
    public T? ReadClass<T>(ParseResult<T> parsed, TomlText text)
        where T : class
    {
        if (parsed.Success)
            return parsed.Value;
        Report(
            text,
            $"{parsed.Error.Found} at position {parsed.Error.Position + 1} of '{text.Value}'",
            parsed.Error.Expected
        );
        return null;
    }

    /// <summary>Reads a table that is in this one.</summary>
    public ConfigurationTable Open(TomlTable inner, string called) => new(inner, $"{name}{called}.", file, errors);

    /// <summary>Notes an error.</summary>
    public void Report(TomlNode at, string found, string expected) =>
        errors.Add(new DocumentError(file, at.Line, at.Column, found, expected));

    /// <summary>Notes every key that nobody requested; call it when everything was requested.</summary>
    public void RejectOthers()
    {
        foreach (var (key, value) in Table.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            var expected = NearestName.To(key, known) is { } nearest
                ? $"'{name}{nearest}'"
                : $"one of {string.Join(", ", known.Distinct())}";
            Report(value, $"the unknown key '{name}{key}'", expected);
        }
    }

    private T? Wrong<T>(TomlNode node, string key, string expected)
        where T : class
    {
        Report(node, $"{node.Describe()} under '{name}{key}'", expected);
        return null;
    }
}
