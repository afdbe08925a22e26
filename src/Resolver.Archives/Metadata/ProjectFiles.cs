using System.Text;
using Resolver.Archives.Reading;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>The files of one source project, wherever they lie: paths are relative to its root, with
/// <c>/</c>.</summary>
internal abstract class ProjectFiles
{
    private DocumentResult<PyProject>? pyproject;

    /// <summary>What reading may still cost; one for all projects of one archive.</summary>
    public abstract ReadingBudget Budget { get; }

    /// <summary>How messages name the project: the path of the archive, with <c>!</c> and the folder where it is only a
    /// part of it, or the tree's path.</summary>
    public abstract string Place { get; }

    /// <summary>Name of the folder that holds the project, or null where it has none.</summary>
    public abstract string? FolderName { get; }

    /// <summary>Name of the folder that was named after a release: the project's own, or for a part of a repository the
    /// top one.</summary>
    public virtual string? ReleaseFolder => FolderName;

    /// <summary>Name of the archive without its suffix, or null where the project lies in none or only in a part of
    /// one.</summary>
    public virtual string? ArchiveStem => null;

    /// <summary>The files of a folder of the project, with the same budget.</summary>
    public abstract ProjectFiles In(string folder);

    /// <summary>Where a file leads that is a link out of the project, with <c>/</c>; null where it is none.</summary>
    public abstract string? OutsideTarget(string path);

    /// <summary>The file that says what project this is, and where it leads, where it is a link out of the tree; null
    /// where it is none.</summary>
    public (string Name, string Target)? ProjectFileOutside() =>
        OutsideTarget("pyproject.toml") is { } pyproject ? ("pyproject.toml", pyproject)
        : OutsideTarget("setup.py") is { } setup ? ("setup.py", setup)
        : null;

    /// <summary>Whether there is such a file.</summary>
    public abstract bool Exists(string path);

    /// <summary>Its content, or null where there is none, it is too large, or it lies outside.</summary>
    public abstract byte[]? Read(string path);

    /// <summary>The folders directly inside a folder (<c>""</c> is the root), by name.</summary>
    public abstract IReadOnlyList<string> Folders(string folder);

    /// <summary>Its text: UTF-8, or Latin-1 where it is none, as old projects wrote; null as for
    /// <see cref="Read"/>.</summary>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public string? Text(string path)
    {
        if (Read(path) is not { } bytes)
            return null;
        Budget.Spend(ReadingBudget.Step + bytes.Length);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : Encoding.Latin1.GetString(bytes);
    }

    /// <summary>The text of a file that is a list of requirements, or may hold one: null also where it is longer than
    /// any honest one. What is made of it takes a hundred times its length.</summary>
    public string? ListText(string path) => ListBytes(path) is null ? null : Text(path);

    /// <inheritdoc cref="ListText"/>
    public byte[]? ListBytes(string path) => Read(path) is { Length: <= MetadataBounds.ListBytes } bytes ? bytes : null;

    /// <summary>The pyproject.toml, read once, however many look at it; null where there is none, or as for
    /// <see cref="ListBytes"/>.</summary>
    public DocumentResult<PyProject>? PyProject() =>
        pyproject ??= ListBytes("pyproject.toml") is { } bytes
            ? Packaging.PyProjects.PyProject.TryParse(bytes, Show("pyproject.toml"))
            : null;

    /// <summary>The content of another TOML file; null where it is none, or as for <see cref="ListBytes"/>.</summary>
    public TomlTable? Toml(string path) =>
        ListBytes(path) is { } bytes && TomlDocument.TryParse(bytes, path) is { Success: true } read
            ? read.Value
            : null;

    /// <summary>How messages name one of the files.</summary>
    public virtual string Show(string path) => $"{Place}/{path}";
}
