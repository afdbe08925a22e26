using System.IO.Enumeration;
using Resolver.Archives.Reading;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>Folders that the top of a repository names as members of its workspace: <c>[tool.uv.workspace]</c>,
/// <c>[tool.rye.workspace]</c>, <c>workspace.members</c> of Hatch's environments, and <c>root_patterns</c> of
/// pants.toml.</summary>
internal static class WorkspaceMembers
{
    // '**' in a pattern stands for so many folders at most.
    private const int Deepest = 5;

    /// <summary>The folders that there are, in order; whether they hold projects is another question.</summary>
    public static IReadOnlyList<string> Of(ProjectFiles files)
    {
        var top = files.PyProject() is { Success: true } read ? read.Value.Document.Table("tool") : null;
        var uv = top?.Table("uv")?.Table("workspace");
        var hatch = top?.Table("hatch");
        var included = Patterns(uv?["members"])
            .Concat(Patterns(top?.Table("rye")?.Table("workspace")?["members"]))
            .Concat(Patterns(hatch?.Table("workspace")?["members"]))
            .Concat(
                (hatch?.Table("envs")?.Entries ?? []).SelectMany(each =>
                    Patterns((each.Value as TomlTable)?.Table("workspace")?["members"])
                )
            )
            .Concat(Patterns(files.Toml("pants.toml")?.Table("source")?["root_patterns"]))
            .ToList();
        if (included.Count == 0)
            return [];
        var excluded = Patterns(uv?["exclude"]).SelectMany(pattern => Expanded(files, pattern)).ToHashSet();
        return
        [
            .. included
                .SelectMany(pattern => Expanded(files, pattern))
                .Where(folder => !excluded.Contains(folder))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Take(MetadataBounds.Projects),
        ];
    }

    /// <summary>Texts, or tables whose <c>path</c> is one (Hatch).</summary>
    private static IEnumerable<string> Patterns(TomlNode? node) =>
        ((node as TomlArray)?.Items ?? [])
            .Select(item => (item as TomlText)?.Value ?? (item as TomlTable)?.Text("path"))
            .OfType<string>();

    private static IEnumerable<string> Expanded(ProjectFiles files, string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return parts.Length == 0 || parts.Contains("..") ? [] : Expanded(files, "", parts, 0);
    }

    private static IEnumerable<string> Expanded(ProjectFiles files, string folder, string[] parts, int at)
    {
        files.Budget.Spend(ReadingBudget.Step);
        if (at == parts.Length)
            return folder.Length == 0 ? [] : [folder];
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var any = parts[at] == "**";
        var inside = Folders().SelectMany(name => Expanded(files, prefix + name, parts, any ? at : at + 1));
        return any
            ? Expanded(files, folder, parts, at + 1).Concat(prefix.Count(c => c == '/') < Deepest ? inside : [])
            : inside;

        IEnumerable<string> Folders() =>
            files
                .Folders(folder)
                .Where(name =>
                    !name.StartsWith('.')
                    && (any || FileSystemName.MatchesSimpleExpression(parts[at], name, ignoreCase: false))
                );
    }
}
