using System.Text.Json;
using Xunit;

namespace Resolver.Testing;

/// <summary>The universes of the conformance data, each as a file of its own: lists are split, and one of another
/// ecosystem is given as its pep440 twin.</summary>
public static class ConformanceUniverses
{
    /// <summary>The folder of universe files that are measured, beside the conformance data; skips the running test
    /// where it is absent.</summary>
    public static string MeasuredFolder()
    {
        var folder = Conformance.Folder is null ? null : Path.Combine(Conformance.Folder, "..", "universes");
        Assert.SkipUnless(
            folder is not null && Directory.Exists(folder),
            "no measured universes: they lie in 'universes' beside the conformance folder"
        );
        return folder!;
    }

    /// <summary>The universes of one file.</summary>
    /// <param name="file">Relative to the conformance folder, without <c>.gz</c>.</param>
    public static IReadOnlyList<(string Name, byte[] Json)> Split(string file)
    {
        using var document = Conformance.Open(file);
        var root = document.RootElement;
        return root.TryGetProperty("universes", out var list)
            ? [.. list.EnumerateArray().Select(Single)]
            : [Single(root)];
    }

    private static (string Name, byte[] Json) Single(JsonElement universe)
    {
        var name = universe.GetProperty("name").GetString()!;
        if (!universe.TryGetProperty("pep440", out var twin))
            return (name, System.Text.Encoding.UTF8.GetBytes(universe.GetRawText()));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            WriteTwin(writer, name, universe, twin);
        return (name, buffer.ToArray());
    }

    private static void WriteTwin(Utf8JsonWriter writer, string name, JsonElement universe, JsonElement twin)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("scheme", "pep440");
        foreach (var field in (string[])["root", "packages"])
        {
            writer.WritePropertyName(field);
            twin.GetProperty(field).WriteTo(writer);
        }

        var expected = universe.GetProperty("expected");
        writer.WriteStartObject("expected");
        writer.WriteBoolean("satisfiable", expected.GetProperty("satisfiable").GetBoolean());
        if (expected.TryGetProperty("root_max", out var rootMax) && rootMax.ValueKind == JsonValueKind.Object)
            WriteRootMax(writer, rootMax, twin);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The twin's versions are ranks: a version's place in the list of the original's versions.</summary>
    private static void WriteRootMax(Utf8JsonWriter writer, JsonElement rootMax, JsonElement twin)
    {
        var twinNames = twin.GetProperty("names")
            .EnumerateObject()
            .ToDictionary(pair => pair.Value.GetString()!, pair => pair.Name);
        writer.WriteStartObject("root_max");
        foreach (var root in rootMax.EnumerateObject())
        {
            var project = twinNames[root.Name];
            var ranks = twin.GetProperty("versions")
                .GetProperty(project)
                .EnumerateArray()
                .Select(version => version.GetString())
                .ToList();
            writer.WriteString(project, ranks.IndexOf(root.Value.GetString()).ToString());
        }

        writer.WriteEndObject();
    }
}
