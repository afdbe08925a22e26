using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;

namespace Resolver.Cli.Configuration;

/// <summary>Finds and reads the files of a run.</summary>
/// <remarks>As uv: from the working directory upwards, the first folder that has a <c>resolver.toml</c> or a
/// <c>pyproject.toml</c> with <c>[tool.resolver]</c> counts, and no other above it. Where a folder has both, both
/// count, and <c>resolver.toml</c> is the stronger.</remarks>
internal static class ConfigurationSearch
{
    public const string FileName = "resolver.toml";

    private const string ProjectFile = "pyproject.toml";

    /// <summary>Reads the file that was named.</summary>
    /// <exception cref="CommandException">It cannot be read, or something in it is wrong.</exception>
    public static IReadOnlyList<ConfigurationFile> Named(string file) =>
        Path.GetFileName(file) == ProjectFile
            ?
            [
                OfProject(file, InputFile.ReadBytes(file))
                    ?? throw CommandException.BadInput($"{file}: no [tool.resolver] table"),
            ]
            : [Read(file, InputFile.ReadBytes(file))];

    /// <summary>Reads what is found; nothing where nothing is.</summary>
    /// <param name="folder">Where to begin; absolute.</param>
    /// <exception cref="CommandException">What is found cannot be read, or something in it is wrong.</exception>
    public static IReadOnlyList<ConfigurationFile> From(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            var files = new List<ConfigurationFile>();
            if (Path.Combine(at, FileName) is var own && File.Exists(own))
                files.Add(Read(Shown(own), InputFile.ReadBytes(own)));
            if (
                Path.Combine(at, ProjectFile) is var project
                && File.Exists(project)
                && OfProject(Shown(project), InputFile.ReadBytes(project)) is { } table
            )
                files.Add(table);
            if (files.Count > 0)
                return files;
        }

        return [];
    }

    /// <summary>A file at or above the process's folder by its way up from there, any other by its whole path: what
    /// messages and plans show is short where that is plain.</summary>
    private static string Shown(string file)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return relative.Split(Path.DirectorySeparatorChar)[..^1].All(part => part == "..") ? relative : file;
    }

    private static ConfigurationFile Read(string file, byte[] bytes)
    {
        var document = TomlDocument.TryParse(bytes, file);
        return document.Success
            ? Read(document.Value, "", file)
            : throw CommandException.BadInput(document.Error.ToString());
    }

    private static ConfigurationFile? OfProject(string file, byte[] bytes)
    {
        // Most projects are none of ours, and what is wrong in them is not ours to say.
        var text = Encoding.UTF8.GetString(bytes);
        if (!text.Contains("tool", StringComparison.Ordinal) || !text.Contains("resolver", StringComparison.Ordinal))
            return null;
        var document = TomlDocument.TryParse(bytes, file);
        if (!document.Success)
            throw CommandException.BadInput(document.Error.ToString());
        return document.Value.Table("tool")?["resolver"] switch
        {
            null => null,
            TomlTable table => Read(table, "tool.resolver.", file),
            var other => throw CommandException.BadInput(
                new DocumentError(
                    file,
                    other.Line,
                    other.Column,
                    $"{other.Describe()} under 'tool.resolver'",
                    "a table"
                ).ToString()
            ),
        };
    }

    private static ConfigurationFile Read(TomlTable table, string prefix, string file)
    {
        var errors = new List<DocumentError>();
        var read = ConfigurationReader.Read(table, prefix, file, errors);
        return errors.Count == 0
            ? read
            : throw CommandException.BadInput(
                errors[0].ToString(),
                errors.Count > 1 ? $"and {errors.Count - 1} more in the same file" : null
            );
    }
}
