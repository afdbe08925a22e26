using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.DependencyGroups;

/// <summary>Expands one group. Includes are followed depth first; the path from the group requested is kept, so that
/// a cycle can be shown.</summary>
internal sealed class GroupExpansion(DependencyGroupTable table)
{
    // Includes that double at each step make 2^n visits out of n lines.
    private const int MostItems = 100_000;

    // Deeper chains than this are no hand's work, and every step is a stack frame.
    private const int DeepestChain = 500;

    private readonly List<DeclaredRequirement> requirements = [];
    private readonly List<string> path = [];
    private DocumentError? error;
    private int items;

    public DocumentResult<IReadOnlyList<DeclaredRequirement>> Run(string name)
    {
        Expand(name, table.Node);
        return error is null
            ? DocumentResult<IReadOnlyList<DeclaredRequirement>>.Of(requirements)
            : DocumentResult<IReadOnlyList<DeclaredRequirement>>.Failed(error);
    }

    private void Expand(string name, TomlNode? at)
    {
        var key = DependencyGroupTable.Normalize(name);
        var found = table.Find(key);
        if (found.Count == 0)
        {
            Fail(
                at,
                $"no dependency group {OneLine.Quote(name)}",
                table.Names.Count == 0 ? "a table [dependency-groups]" : $"one of {string.Join(", ", table.Names)}"
            );
            return;
        }
        var (rawName, value) = found[0];
        if (found.Count > 1)
        {
            Fail(
                found[1].Value,
                $"the groups {string.Join(" and ", found.Select(f => OneLine.Quote(f.RawName)))}",
                "names that differ once normalised (PEP 735)"
            );
            return;
        }
        if (PackageName.TryParse(rawName).Error is { } bad)
        {
            Fail(value, $"the group name {OneLine.Quote(rawName)}: {bad.Found}", bad.Expected);
            return;
        }
        if (path.Contains(key))
        {
            Fail(
                at,
                $"the cycle {string.Join(" -> ", [.. path.SkipWhile(p => p != key), key])}",
                "includes without a cycle (PEP 735)"
            );
            return;
        }
        if (path.Count >= DeepestChain)
        {
            Fail(at, $"includes nested more than {DeepestChain} deep", "fewer");
            return;
        }
        if (value is not TomlArray array)
        {
            Fail(value, $"{value.Describe()} under the group {OneLine.Quote(rawName)}", "an array");
            return;
        }
        path.Add(key);
        foreach (var item in array.Items)
        {
            if (error is not null)
                return;
            Add(item, rawName);
        }
        path.RemoveAt(path.Count - 1);
    }

    private void Add(TomlNode item, string group)
    {
        if (++items > MostItems)
        {
            Fail(item, $"more than {MostItems} items after expansion", "fewer");
            return;
        }
        switch (item)
        {
            case TomlText text:
                var declared = DeclaredRequirement.Read(text.Value.Trim(), text.Line, text.Column);
                error = declared.ErrorIn(table.File);
                requirements.Add(declared);
                break;
            case TomlTable { Entries: [{ Key: "include-group", Value: TomlText include }] }:
                Expand(include.Value, include);
                break;
            default:
                var found = item is TomlTable other
                    ? $"a table with the keys {OneLine.Quote(string.Join(", ", other.Entries.Select(e => e.Key)))}"
                    : item.Describe();
                Fail(
                    item,
                    $"{found} in the group {OneLine.Quote(group)}",
                    "a requirement, or { include-group = \"NAME\" }"
                );
                break;
        }
    }

    private void Fail(TomlNode? at, string found, string expected) =>
        error ??= new DocumentError(table.File, at?.Line ?? 0, at?.Column ?? 0, found, expected);
}
