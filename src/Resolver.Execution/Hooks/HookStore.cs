using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Resolver.Execution.Hooks;

/// <summary>Answers of build backends, by the content of the project and the environment of its build:
/// <c>FOLDER/KEY.json</c>. Whole or absent; safe for several processes.</summary>
/// <param name="folder">Null keeps nothing.</param>
internal sealed class HookStore(string? folder)
{
    private const int Schema = 1;

    /// <summary>What is kept under a key; null where nothing is, or it cannot be read.</summary>
    public (IReadOnlyList<string> Requires, string? Metadata)? Find(string? key)
    {
        if (folder is null || key is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(key)));
            var root = document.RootElement;
            if (root.GetProperty("schema").GetInt32() != Schema || root.GetProperty("sum").GetString() != SumOf(root))
                return null;
            return (
                [.. root.GetProperty("requires").EnumerateArray().Select(each => each.GetString()!)],
                root.GetProperty("metadata").GetString()
            );
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return null;
        }
    }

    /// <summary>Keeps an answer. That it cannot be kept is no reason to stop.</summary>
    public void Keep(string? key, IReadOnlyList<string> requires, string? metadata)
    {
        if (folder is null || key is null)
            return;
        var unfinished = PathOf($".{key}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = File.Create(unfinished))
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                writer.WriteNumber("schema", Schema);
                writer.WriteStartArray("requires");
                foreach (var each in requires)
                    writer.WriteStringValue(each);
                writer.WriteEndArray();
                writer.WriteString("metadata", metadata);
                writer.WriteString("sum", SumOf(requires, metadata));
                writer.WriteEndObject();
            }
            File.Move(unfinished, PathOf(key), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
        }
    }

    private string PathOf(string key) => Path.Combine(folder!, key + ".json");

    private static string SumOf(JsonElement root) =>
        SumOf(
            [.. root.GetProperty("requires").EnumerateArray().Select(each => each.GetString() ?? "")],
            root.GetProperty("metadata").GetString()
        );

    private static string SumOf(IReadOnlyList<string> requires, string? metadata) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', requires) + "\0" + metadata))
        );
}
