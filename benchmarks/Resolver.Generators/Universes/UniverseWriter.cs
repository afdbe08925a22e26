using System.IO.Compression;
using System.Text.Json;

namespace Resolver.Generators.Universes;

/// <summary>Writes universes as files that <c>resolver solve</c> reads, project by project.</summary>
public static class UniverseWriter
{
    /// <summary>Writes JSON, gzipped where the name ends so.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="satisfiable">What the file says to expect; null for nothing.</param>
    public static void Write(string path, UniverseGenerator universe, IReadOnlyList<string> roots, bool? satisfiable)
    {
        ArgumentNullException.ThrowIfNull(universe);
        ArgumentNullException.ThrowIfNull(roots);
        using var file = File.Create(path);
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var zipped = new GZipStream(file, CompressionLevel.Optimal);
            Write(zipped, Path.GetFileName(path).Split('.')[0], universe.Projects(), roots, satisfiable);
        }
        else
        {
            Write(file, Path.GetFileName(path).Split('.')[0], universe.Projects(), roots, satisfiable);
        }
    }

    /// <summary>Writes JSON.</summary>
    public static void Write(
        Stream stream,
        string name,
        IEnumerable<GeneratedProject> projects,
        IReadOnlyList<string> roots,
        bool? satisfiable
    )
    {
        ArgumentNullException.ThrowIfNull(projects);
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("scheme", "pep440");
        WriteList(json, "root", roots);
        json.WriteStartObject("packages");
        foreach (var project in projects)
        {
            json.WriteStartArray(project.Name);
            foreach (var release in project.Releases)
                WriteRelease(json, release);
            json.WriteEndArray();
            // The writer keeps everything until it is told to let go.
            if (json.BytesPending > 1 << 16)
                json.Flush();
        }

        json.WriteEndObject();
        if (satisfiable is { } verdict)
        {
            json.WriteStartObject("expected");
            json.WriteBoolean("satisfiable", verdict);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRelease(Utf8JsonWriter json, GeneratedRelease release)
    {
        json.WriteStartObject();
        json.WriteString("version", release.Version);
        json.WriteString("kind", release.IsWheel ? "wheel" : "sdist");
        if (release.Requires.Count > 0)
            WriteList(json, "requires", release.Requires);
        if (release.BuildRequires.Count > 0)
            WriteList(json, "build_requires", release.BuildRequires);
        if (release.Extra is not null)
        {
            json.WriteStartObject("extras");
            WriteList(json, "full", release.Extra);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }
}
