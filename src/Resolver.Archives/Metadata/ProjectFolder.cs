using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>Which folders hold a project.</summary>
internal static class ProjectFolder
{
    private static readonly HashSet<string> NeverProjects = new(StringComparer.OrdinalIgnoreCase)
    {
        "test",
        "tests",
        "example",
        "examples",
        "doc",
        "docs",
        "sample",
        "samples",
        "vendor",
    };

    /// <summary>What the files at a folder's top say of it.</summary>
    public static ProjectFolderKind KindOf(ProjectFiles files)
    {
        if (files.Exists("setup.py") || files.Exists("PKG-INFO"))
            return ProjectFolderKind.Project;
        if (files.Exists("setup.cfg"))
        {
            if (files.ListText("setup.cfg") is not { } text || ConfigFile.Read(text).Has("metadata"))
                return ProjectFolderKind.Project;
            if (!files.Exists("pyproject.toml"))
                return ProjectFolderKind.Tools;
        }
        return files.Exists("pyproject.toml") ? KindByToml(files) : ProjectFolderKind.None;
    }

    private static ProjectFolderKind KindByToml(ProjectFiles files)
    {
        // It is the file of the folder that it lies in.
        if (files.OutsideTarget("pyproject.toml") is { } target && LastPart(target) == "pyproject.toml")
            return ProjectFolderKind.None;
        if (files.PyProject() is not { Success: true, Value: var read })
            return ProjectFolderKind.Project; // reading it says what is wrong
        // Without content, as a pipe is taken for: nothing says that it is only for tools.
        if (files.Read("pyproject.toml") is not { Length: > 0 })
            return ProjectFolderKind.BuildSystem;
        var poetry = read.Tool("poetry");
        if (poetry?["package-mode"] is TomlBoolean { Value: false })
            return ProjectFolderKind.None;
        return read.Document.Has("project")
            || poetry?.Text("name") is not null
            || read.Tool("flit")?.Table("metadata") is not null
                ? ProjectFolderKind.Project
            : read.Document.Has("build-system") ? ProjectFolderKind.BuildSystem
            : ProjectFolderKind.Tools;
    }

    /// <summary>The folders with projects in a project or repository, in order: those one level deep, and the members
    /// of its workspace wherever they lie. Relative to it, with <c>/</c>.</summary>
    public static IReadOnlyList<string> Below(ProjectFiles files) =>
        [
            .. files
                .Folders("")
                .Where(folder => !NeverProjects.Contains(folder))
                .Concat(WorkspaceMembers.Of(files))
                .Distinct(StringComparer.Ordinal)
                .Where(folder => IsPart(files.In(folder)))
                .Order(StringComparer.Ordinal),
        ];

    private static bool IsPart(ProjectFiles files)
    {
        // Metadata of what is installed or was built.
        if (
            files.FolderName is { } name
            && (
                name.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase)
            )
        )
            return false;
        // A package may have a setup.py that the one above it runs.
        return (files.Exists("pyproject.toml") || (files.Exists("setup.py") && !files.Exists("__init__.py")))
            && files.OutsideTarget("setup.py") is null
            && KindOf(files) == ProjectFolderKind.Project;
    }

    private static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..];
}
