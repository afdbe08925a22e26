using System.Text.Json;
using Resolver.Application.Installed;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Installed;
using Resolver.Packaging.Metadata;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What is installed as the report of <c>pip inspect</c> has it, version 1 (pip, "pip inspect JSON output
/// specification").</summary>
internal static class InspectReport
{
    public static string Of(InstalledProjects installed) =>
        JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("version", "1");
                // The field is mandatory. It is the pip of the interpreter, if it has one.
                json.WriteString("pip_version", installed.Interpreter.PipVersion ?? "");
                json.WriteString("resolver_version", ProgramVersion.Text);
                json.WriteStartArray("installed");
                foreach (var project in installed.All)
                    Write(json, project);
                json.WriteEndArray();
                json.WriteStartObject("environment");
                foreach (var (name, value) in installed.Interpreter.Environment.Variables)
                    json.WriteString(name, value);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, InstalledProject project)
    {
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        if (project.Metadata is { } metadata)
            Write(json, metadata);
        else
        {
            json.WriteString("name", project.RawName);
            json.WriteString("version", project.Version);
        }
        json.WriteEndObject();
        json.WriteString("metadata_location", project.MetadataPath);
        if (DirectUrlOf(project) is { } origin)
        {
            json.WritePropertyName("direct_url");
            json.WriteRawValue(origin.ToJson());
        }
        if (project.InstalledBy is { } installer)
            json.WriteString("installer", installer);
        if (project.MetadataPath is { } path && Path.GetExtension(path) == ".dist-info")
            json.WriteBoolean("requested", project.IsRequested == true);
        json.WriteEndObject();
    }

    /// <summary>Every field of the standard that is there, as PEP 566 turns metadata into JSON.</summary>
    private static void Write(Utf8JsonWriter json, CoreMetadata metadata)
    {
        foreach (var kind in MetadataFieldKind.All.Where(kind => metadata.HasField(kind.Name)))
        {
            var key = kind.Name.ToLowerInvariant().Replace('-', '_');
            if (kind.IsMultipleUse || key == "keywords")
            {
                json.WriteStartArray(key);
                foreach (var value in kind.IsMultipleUse ? metadata.Values(kind.Name) : Keywords(metadata))
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
            else if (key != "description" || string.IsNullOrEmpty(metadata.Body))
                json.WriteString(key, Dedented(metadata.Value(kind.Name)!));
        }
        if (!string.IsNullOrEmpty(metadata.Body))
            json.WriteString("description", metadata.Body.ReplaceLineEndings("\n"));
    }

    // As importlib.metadata gives a value of several lines: without their common indentation. The first line counts as
    // indented by eight columns.
    private static string Dedented(string value)
    {
        var lines = value.ReplaceLineEndings("\n").Split('\n');
        if (lines.Length == 1)
            return value;
        var margin = lines
            .Skip(1)
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => line.TakeWhile(c => c == ' ').Count())
            .Append(8)
            .Min();
        return string.Join(
            '\n',
            lines
                .Skip(1)
                .Select(line => string.IsNullOrWhiteSpace(line) ? "" : line[margin..])
                .Prepend(new string(' ', 8 - margin) + lines[0])
        );
    }

    // Separated by commas; by blanks in older metadata.
    private static string[] Keywords(CoreMetadata metadata)
    {
        var text = metadata.Value("Keywords")!;
        return text.Contains(',', StringComparison.Ordinal)
            ? text.Split(',', StringSplitOptions.TrimEntries)
            : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    // An egg-link has no file of its own; the report has it in the form of the others.
    private static DirectUrl? DirectUrlOf(InstalledProject project) =>
        project.Origin
        ?? (
            project.EditableLocation is { } tree
                ? new DirectUrl(new Uri(tree).AbsoluteUri, new DirectUrlSource.LocalDirectory(Editable: true), null)
                : null
        );
}
