using Resolver.Packaging.DependencyGroups;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.PyProjects;

/// <summary>A <c>pyproject.toml</c> (PEP 517, 518, 621, 639, 735, 808). Text that is no TOML is no project;
/// everything else is read as far as it goes, and each part carries what the standard forbids in it.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class PyProject
{
    private PyProject(TomlTable document, string file)
    {
        (Document, File) = (document, file);
        var errors = new List<DocumentError>();
        BuildSystem = BuildSystemReader.Read(document, file, errors);
        Project = ProjectTableReader.Read(document, file, errors);
        DependencyGroups = DependencyGroupTable.Read(document, file);
        if (document["tool"] is { } tool and not TomlTable)
            errors.Add(new DocumentError(file, tool.Line, tool.Column, $"{tool.Describe()} under 'tool'", "a table"));
        Errors = errors;
    }

    /// <summary>How messages name the file.</summary>
    public string File { get; }

    /// <summary>The whole document.</summary>
    public TomlTable Document { get; }

    /// <summary>The table <c>[build-system]</c>, or null where there is none: then <see cref="BuildSystem.Legacy"/>
    /// holds.</summary>
    public BuildSystem? BuildSystem { get; }

    /// <summary>The table <c>[project]</c>, or null where there is none.</summary>
    public ProjectTable? Project { get; }

    /// <summary>The table <c>[dependency-groups]</c> (PEP 735), without groups where there is none. It is validated
    /// group by group, when asked.</summary>
    public DependencyGroupTable DependencyGroups { get; }

    /// <summary>What is wrong in <c>[build-system]</c>, <c>[project]</c> and the file's shape.</summary>
    public IReadOnlyList<DocumentError> Errors { get; }

    /// <summary>The table <c>[tool.NAME]</c> as it stands, or null.</summary>
    public TomlTable? Tool(string name) => Document.Table("tool")?.Table(name);

    /// <summary>Reads bytes, which must be UTF-8.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<PyProject> TryParse(ReadOnlySpan<byte> utf8, string file = "pyproject.toml") =>
        From(TomlDocument.TryParse(utf8, file), file);

    /// <summary>Reads text.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<PyProject> TryParse(string text, string file = "pyproject.toml") =>
        From(TomlDocument.TryParse(text, file), file);

    private static DocumentResult<PyProject> From(DocumentResult<TomlTable> document, string file) =>
        document.Success
            ? DocumentResult<PyProject>.Of(new PyProject(document.Value, file))
            : DocumentResult<PyProject>.Failed(document.Error);
}
