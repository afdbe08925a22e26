using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.PyProjects;

/// <summary>Reads <c>[build-system]</c> rule by rule.</summary>
internal static class BuildSystemReader
{
    /// <summary>The table, or null where there is none; what is wrong goes into the table and into
    /// <paramref name="all"/>.</summary>
    public static BuildSystem? Read(TomlTable document, string file, List<DocumentError> all)
    {
        var node = document["build-system"];
        if (node is null)
            return null;
        var errors = new List<DocumentError>();
        var system = new BuildSystem { Errors = errors };
        if (node is TomlTable table)
        {
            var reader = new TableReader(table, "build-system", file, errors);
            if (!table.Has("requires"))
                reader.Report(table, "no key 'requires' in [build-system]", "the key 'requires' (PEP 518)");
            var backend = reader.Text("build-backend");
            if (backend is not null && !IsObjectReference(backend.Value))
            {
                reader.Report(
                    backend,
                    $"build-backend {OneLine.Quote(backend.Value)}",
                    "a module, or module:object (PEP 517)"
                );
                backend = null;
            }
            var paths = reader.Texts("backend-path") ?? [];
            foreach (var path in paths.Where(p => LeavesTheTree(p.Value)))
                reader.Report(
                    path,
                    $"backend-path {OneLine.Quote(path.Value)}",
                    "a folder inside the source tree (PEP 517, \"In-tree build backends\")"
                );
            if (paths.Count > 0 && backend is null && !table.Has("build-backend"))
                reader.Report(paths[0], "backend-path without build-backend", "build-backend beside it");
            foreach (
                var (key, value) in table.Entries.Where(e =>
                    e.Key is not ("requires" or "build-backend" or "backend-path")
                )
            )
                reader.Report(
                    value,
                    $"the key {OneLine.Quote(key)} in [build-system]",
                    "requires, build-backend or backend-path"
                );
            system = system with
            {
                Requires = reader.Requirements("requires") ?? [],
                BuildBackend = backend?.Value,
                BackendPath = [.. paths.Select(p => p.Value).Where(p => !LeavesTheTree(p))],
            };
        }
        else
            errors.Add(
                new DocumentError(file, node.Line, node.Column, $"{node.Describe()} under 'build-system'", "a table")
            );
        all.AddRange(errors);
        return system;
    }

    /// <summary>Dotted identifiers, perhaps a colon and dotted identifiers.</summary>
    private static bool IsObjectReference(string text)
    {
        var parts = text.Split(':');
        return parts.Length <= 2
            && parts.All(part =>
                part.Split('.')
                    .All(name =>
                        name.Length > 0
                        && (char.IsLetter(name[0]) || name[0] == '_')
                        && name.All(c => char.IsLetterOrDigit(c) || c == '_')
                    )
            );
    }

    private static bool LeavesTheTree(string path)
    {
        if (path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && path[1] == ':'))
            return true;
        var depth = 0;
        foreach (var part in path.Split('/', '\\'))
        {
            depth += part switch
            {
                "" or "." => 0,
                ".." => -1,
                _ => 1,
            };
            if (depth < 0)
                return true;
        }
        return false;
    }
}
