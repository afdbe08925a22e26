using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.DependencyGroups;

/// <summary>The table <c>[dependency-groups]</c> (PEP 735): named lists of requirements that never get into built
/// metadata.</summary>
/// <remarks>Surprises: a group is judged when it is requested, not before, so that a future kind of item spoils only
/// the groups that use it; an include is the contents of the other group at that place, <em>without</em> removing
/// duplicates; names are compared normalised and shown as written. Immutable; safe to share between
/// threads.</remarks>
public sealed class DependencyGroupTable
{
    private readonly string file;
    private readonly TomlNode? node;
    private readonly Dictionary<string, List<(string RawName, TomlNode Value)>> groups = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    private DependencyGroupTable(TomlNode? node, string file)
    {
        (this.node, this.file) = (node, file);
        foreach (var (name, value) in (node as TomlTable)?.Entries ?? [])
        {
            var key = Normalize(name);
            if (!groups.TryGetValue(key, out var same))
                groups.Add(key, same = []);
            same.Add((name, value));
            names.Add(name);
        }
    }

    /// <summary>The groups' names as written, in the order of the file.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Reads the table of a document; a document without one has no groups.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DependencyGroupTable Read(TomlTable document, string file) =>
        new(document["dependency-groups"], file);

    /// <summary>Whether there is a group of this name, normalised.</summary>
    public bool Has(string name) => groups.ContainsKey(Normalize(name));

    /// <summary>The requirements of a group with every include expanded in its place. Only this group and those it
    /// includes are judged.</summary>
    /// <returns>The list, or the first error: no such group, two of the name once normalised, an item of an unknown
    /// kind, a text that is no requirement, a cycle.</returns>
    public DocumentResult<IReadOnlyList<DeclaredRequirement>> Resolve(string name)
    {
        if (node is not (null or TomlTable))
            return Failed(node, $"{node.Describe()} under 'dependency-groups'", "a table");
        return new GroupExpansion(this).Run(name);
    }

    /// <summary>Judges every group, as a linter does.</summary>
    /// <returns>The first error of each group, in the order of the file; empty where all are right.</returns>
    public IReadOnlyList<DocumentError> Validate()
    {
        if (node is not (null or TomlTable))
            return [Failed(node, $"{node.Describe()} under 'dependency-groups'", "a table").Error!];
        return [.. names.Select(n => Resolve(n).Error).OfType<DocumentError>().Distinct()];
    }

    internal string File => file;

    internal TomlNode? Node => node;

    internal IReadOnlyList<(string RawName, TomlNode Value)> Find(string normalized) =>
        groups.GetValueOrDefault(normalized) ?? [];

    /// <summary>PEP 503, also for texts that are no valid names: they must be found to be reported.</summary>
    internal static string Normalize(string name) =>
        PackageName.TryParse(name) is { Success: true } parsed ? parsed.Value.Normalized : name;

    internal DocumentResult<IReadOnlyList<DeclaredRequirement>> Failed(TomlNode? at, string found, string expected) =>
        DocumentResult<IReadOnlyList<DeclaredRequirement>>.Failed(
            new DocumentError(file, at?.Line ?? 0, at?.Column ?? 0, found, expected)
        );
}
