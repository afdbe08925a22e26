using System.Diagnostics.CodeAnalysis;

namespace Resolver.Packaging.Toml;

/// <summary>A table. Equality is by identity: tables are places of a document.</summary>
public sealed record TomlTable : TomlNode
{
    private readonly Dictionary<string, TomlNode> byKey = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, TomlNode>> entries = [];

    /// <summary>An empty table.</summary>
    internal TomlTable(int line, int column)
        : base(line, column) { }

    /// <summary>A table that is in no document yet.</summary>
    /// <exception cref="ArgumentException">A key occurs twice.</exception>
    public TomlTable(IEnumerable<KeyValuePair<string, TomlNode>> entries)
        : base(0, 0)
    {
        foreach (var (key, value) in entries)
        {
            if (!TryAdd(key, value))
                throw new ArgumentException($"the key '{key}' occurs twice", nameof(entries));
        }
    }

    /// <summary>Keys and values in the order of the document.</summary>
    public IReadOnlyList<KeyValuePair<string, TomlNode>> Entries => entries;

    /// <summary>The value of a key, or null where the table has none. Keys are case-sensitive.</summary>
    public TomlNode? this[string key] => byKey.GetValueOrDefault(key);

    /// <summary>The table under a key, or null where there is none or it is no table.</summary>
    public TomlTable? Table(string key) => this[key] as TomlTable;

    /// <summary>The array under a key, or null where there is none or it is no array.</summary>
    public TomlArray? Array(string key) => this[key] as TomlArray;

    /// <summary>The string under a key, or null where there is none or it is no string.</summary>
    public string? Text(string key) => (this[key] as TomlText)?.Value;

    /// <summary>Whether the table has this key.</summary>
    public bool Has(string key) => byKey.ContainsKey(key);

    /// <inheritdoc/>
    public override string Describe() => "a table";

    /// <summary>Compares by identity.</summary>
    public bool Equals(TomlTable? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Adds a key that is new.</summary>
    internal bool TryAdd(string key, TomlNode value)
    {
        if (!byKey.TryAdd(key, value))
            return false;
        entries.Add(new(key, value));
        return true;
    }

    internal bool TryGet(string key, [NotNullWhen(true)] out TomlNode? value) => byKey.TryGetValue(key, out value);
}
