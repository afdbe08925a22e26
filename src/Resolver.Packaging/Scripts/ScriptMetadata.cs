using Resolver.Packaging.Metadata;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Scripts;

/// <summary>The block <c># /// script</c> of a Python file (PEP 723): what it needs, and with which Python.</summary>
/// <remarks>Surprises: a script without the block has no metadata, which is no error; an unclosed block is ignored;
/// two closed ones are an error. Immutable; safe to share between threads.</remarks>
public sealed class ScriptMetadata
{
    private ScriptMetadata(TomlTable document, string file)
    {
        (Document, File) = (document, file);
        var errors = new List<DocumentError>();
        var reader = new TableReader(document, "script", file, errors);
        Dependencies = reader.Requirements("dependencies") ?? [];
        if (reader.Text("requires-python") is { } python)
        {
            RawRequiresPython = python.Value;
            var parsed = SpecifierSet.TryParse(python.Value);
            if (parsed.Success)
                RequiresPython = parsed.Value;
            else
                reader.Report(python, $"{parsed.Error.Found} in {python.Describe()}", parsed.Error.Expected);
        }
        reader.Table("tool");
        foreach (
            var (key, value) in document.Entries.Where(e =>
                e.Key is not ("dependencies" or "requires-python" or "tool")
            )
        )
            reader.Report(value, $"the key {OneLine.Quote(key)}", "dependencies, requires-python or tool");
        Errors = errors;
    }

    /// <summary>How messages name the file.</summary>
    public string File { get; }

    /// <summary>The whole document; its lines are those of the script.</summary>
    public TomlTable Document { get; }

    /// <summary>In the order of the file; empty where none are written.</summary>
    public IReadOnlyList<DeclaredRequirement> Dependencies { get; }

    /// <summary>As written, or null.</summary>
    public string? RawRequiresPython { get; }

    /// <summary>Null where it is absent or no specifier set.</summary>
    public SpecifierSet? RequiresPython { get; }

    /// <summary>What the standard forbids in the block.</summary>
    public IReadOnlyList<DocumentError> Errors { get; }

    /// <summary>The table <c>[tool.NAME]</c> as it stands, or null.</summary>
    public TomlTable? Tool(string name) => Document.Table("tool")?.Table(name);

    /// <summary>Reads a script's metadata.</summary>
    /// <param name="script">The whole Python file.</param>
    /// <param name="file">How messages name it.</param>
    /// <returns>The metadata; an error where there are two blocks of the type <c>script</c>, or the block is no TOML.
    /// Where there is no block, <c>Success</c> with an empty document: use <see cref="HasBlock"/> to tell.</returns>
    public static DocumentResult<ScriptMetadata> TryParse(string script, string file)
    {
        var blocks = ScriptBlockScanner.Scan(script).Where(b => b.Type == "script").ToList();
        if (blocks.Count > 1)
            return DocumentResult<ScriptMetadata>.Failed(
                new DocumentError(
                    file,
                    blocks[1].Line,
                    1,
                    $"a second block of the type 'script', the first in line {blocks[0].Line}",
                    "at most one (PEP 723)"
                )
            );
        if (blocks.Count == 0)
            return DocumentResult<ScriptMetadata>.Of(new ScriptMetadata(new TomlTable([]), file));

        // Empty lines put before the content keep the script's own line numbers in every message; the columns lack
        // the two of '# '.
        var document = TomlDocument.TryParse(new string('\n', blocks[0].Line) + blocks[0].Content, file);
        return document.Success
            ? DocumentResult<ScriptMetadata>.Of(new ScriptMetadata(document.Value, file))
            : DocumentResult<ScriptMetadata>.Failed(document.Error);
    }

    /// <summary>Whether a script has a closed block of the type <c>script</c>.</summary>
    public static bool HasBlock(string script) => ScriptBlockScanner.Scan(script).Any(b => b.Type == "script");
}
