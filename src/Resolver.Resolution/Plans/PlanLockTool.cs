using System.Buffers;
using System.Text.Json;
using Resolver.Packaging.Toml;

namespace Resolver.Resolution.Plans;

/// <summary>The table <c>[tool.resolver]</c> of a lock: the fields of a plan's JSON, without those that
/// <c>packages</c> has (path and hash of what is installed) and without what it took. TOML knows no null: what is
/// null in JSON is absent here. Isolated builds (<c>builds</c>) are in no entry of <c>packages</c>, and whole;
/// its paths are the lock's.</summary>
internal static class PlanLockTool
{
    public const string Name = "resolver";

    public static TomlTable Write(Plan plan, Func<string, string> pathInLock)
    {
        using var document = JsonDocument.Parse(PlanJson.Write(plan));
        return (TomlTable)ToToml(document.RootElement, null, pathInLock)!;
    }

    /// <returns>Null where the table is not that of this plan.</returns>
    public static Plan? Read(
        TomlTable tool,
        IReadOnlyList<(string? Path, string? Sha256)> packages,
        Func<string, string> pathOfLock,
        string file
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (!TryWritePlan(json, tool, packages, pathOfLock))
                return null;
        }

        return PlanJson.TryRead(buffer.WrittenMemory, file) is { Success: true, Value: var plan } ? plan : null;
    }

    /// <summary>Whether a field stands elsewhere in the lock: what its entry of <c>packages</c> says of a step, and
    /// what it took, which is not used there.</summary>
    private static bool IsLeftOut(JsonElement owner, string field) =>
        field switch
        {
            "stats" => owner.TryGetProperty("schema", out _),
            "sha256" => owner.TryGetProperty("order", out _),
            "path" => owner.TryGetProperty("order", out _)
                && owner.TryGetProperty("action", out var action)
                && action.ValueEquals("install"),
            _ => false,
        };

    /// <param name="apart">How paths are rewritten; null outside of <c>builds</c>.</param>
    private static TomlNode? ToToml(JsonElement value, Func<string, string>? apart, Func<string, string> pathInLock) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => new TomlTable(
                value
                    .EnumerateObject()
                    .Where(field => apart is not null || !IsLeftOut(value, field.Name))
                    .Select(field =>
                        (
                            field.Name,
                            Value: apart is not null
                            && field.Name == "path"
                            && field.Value.ValueKind == JsonValueKind.String
                            && !IsKept(value)
                                ? new TomlText(apart(field.Value.GetString()!))
                                : ToToml(field.Value, field.Name == "builds" ? pathInLock : apart, pathInLock)
                        )
                    )
                    .Where(field => field.Value is not null)
                    .Select(field => KeyValuePair.Create(field.Name, field.Value!))
            ),
            JsonValueKind.Array => new TomlArray(
                [.. value.EnumerateArray().Select(item => ToToml(item, apart, pathInLock)!)],
                IsTableArray: apart is null && value.EnumerateArray().Any(IsStep)
            ),
            JsonValueKind.String => new TomlText(value.GetString()!),
            JsonValueKind.Number => value.TryGetInt64(out var whole)
                ? new TomlInteger(whole)
                : new TomlFloat(value.GetDouble()),
            JsonValueKind.True or JsonValueKind.False => new TomlBoolean(value.GetBoolean()),
            _ => null,
        };

    private static bool IsKept(JsonElement step) =>
        step.TryGetProperty("action", out var action) && action.ValueEquals("keep");

    private static bool IsStep(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("order", out _);

    private static bool TryWritePlan(
        Utf8JsonWriter json,
        TomlTable tool,
        IReadOnlyList<(string? Path, string? Sha256)> packages,
        Func<string, string> pathOfLock
    )
    {
        var next = 0;
        json.WriteStartObject();
        foreach (var (key, value) in tool.Entries.Where(entry => entry.Key != "steps"))
            Write(json, key, value, key == "builds" ? pathOfLock : null);
        json.WriteStartArray("steps");
        foreach (var step in (tool.Array("steps")?.Items ?? []).OfType<TomlTable>())
        {
            json.WriteStartObject();
            foreach (var (key, value) in step.Entries)
                Write(json, key, value, null);
            if (step.Text("action") == "install")
            {
                if (next == packages.Count || packages[next].Path is null)
                    return false;
                json.WriteString("path", packages[next].Path);
                json.WriteString("sha256", packages[next].Sha256);
                next++;
            }
            else
            {
                json.WriteNull("sha256");
                if (!step.Has("path"))
                    json.WriteNull("path");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("stats");
        foreach (
            var field in (string[])
                ["scan_ms", "load_ms", "solve_ms", "order_ms", "decisions", "conflicts", "propagations"]
        )
            json.WriteNumber(field, 0);
        json.WriteEndObject();
        json.WriteEndObject();
        return next == packages.Count;
    }

    /// <param name="apart">How paths are rewritten; null outside of <c>builds</c>.</param>
    private static void Write(Utf8JsonWriter json, string key, TomlNode value, Func<string, string>? apart)
    {
        json.WritePropertyName(key);
        // What may be null must be there in JSON.
        Write(
            json,
            value,
            key switch
            {
                "needed_by" => ["name"],
                "left_out" => ["name", "version"],
                "builds" or "steps" => ["path", "sha256"],
                _ => [],
            },
            apart
        );
    }

    private static void Write(Utf8JsonWriter json, TomlNode value, string[] orNull, Func<string, string>? apart)
    {
        switch (value)
        {
            case TomlTable table:
                json.WriteStartObject();
                foreach (var missing in orNull.Where(name => !table.Has(name)))
                    json.WriteNull(missing);
                foreach (var (key, inner) in table.Entries)
                {
                    if (apart is not null && key == "path" && inner is TomlText path && table.Text("action") != "keep")
                        json.WriteString(key, apart(path.Value));
                    else
                        Write(json, key, inner, apart);
                }

                json.WriteEndObject();
                break;
            case TomlArray array:
                json.WriteStartArray();
                foreach (var item in array.Items)
                    Write(json, item, orNull, apart);
                json.WriteEndArray();
                break;
            case TomlText text:
                json.WriteStringValue(text.Value);
                break;
            case TomlInteger number:
                json.WriteNumberValue(number.Value);
                break;
            case TomlFloat number:
                json.WriteNumberValue(number.Value);
                break;
            case TomlBoolean truth:
                json.WriteBooleanValue(truth.Value);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
