using System.Text.Json;
using Resolver.Packaging.Parsing;

namespace Resolver.Resolution.Plans;

/// <summary>A value in a JSON document together with its path from the root (<c>$.steps[2].version</c>), so that
/// every complaint names the place.</summary>
/// <remarks>Every member throws <see cref="DocumentFormatException"/> where the value is not what is asked
/// for.</remarks>
internal readonly record struct JsonPlace(string File, string Path, JsonElement Value)
{
    public bool IsNull => Value.ValueKind == JsonValueKind.Null;

    /// <summary>The field of an object; it must be there (null is there).</summary>
    public JsonPlace Field(string name) =>
        FieldOrNothing(name) ?? throw new JsonPlace(File, $"{Path}.{name}", default).Wrong($"a field '{name}'");

    /// <summary>The field of an object, or null where it is absent or null.</summary>
    public JsonPlace? FieldOrNull(string name) => FieldOrNothing(name) is { IsNull: false } field ? field : null;

    private JsonPlace? FieldOrNothing(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Wrong("an object");
        return Value.TryGetProperty(name, out var field) ? new JsonPlace(File, $"{Path}.{name}", field) : null;
    }

    public IEnumerable<JsonPlace> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
            throw Wrong("a list");
        var (file, path) = (File, Path);
        return Value.EnumerateArray().Select((item, index) => new JsonPlace(file, $"{path}[{index}]", item));
    }

    public string Text()
    {
        if (Value.ValueKind != JsonValueKind.String)
            throw Wrong("a text");
        try
        {
            return Value.ReadText()!;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8 are detected only when the text is read.
            throw new DocumentFormatException(
                new DocumentError(File, 0, 0, "bytes that are not text", $"Unicode text at {Path}")
            );
        }
    }

    public bool Flag() =>
        Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? Value.GetBoolean()
            : throw Wrong("true or false");

    public string? TextOrNull() => IsNull ? null : Text();

    public int Number() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number)
            ? number
            : throw Wrong("a whole number");

    public long LongNumber() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number)
            ? number
            : throw Wrong("a whole number");

    public double Real() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong("a number");

    /// <summary>An object whose values are all texts.</summary>
    public Dictionary<string, string> TextFields()
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Wrong("an object");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Value.EnumerateObject())
            fields.Add(field.Name, new JsonPlace(File, $"{Path}.{field.Name}", field.Value).Text());
        return fields;
    }

    /// <summary>The value whose text this is.</summary>
    public T OneOf<T>(IReadOnlyList<T> values, Func<T, string> textOf)
    {
        var text = Text();
        foreach (var value in values)
        {
            if (textOf(value) == text)
                return value;
        }
        throw Wrong(string.Join(", ", values.Select(value => $"'{textOf(value)}'")));
    }

    /// <summary>What a parser of a standard makes of the text.</summary>
    public T Parsed<T>(Func<string, ParseResult<T>> parse)
    {
        var result = parse(Text());
        return result.Success ? result.Value : throw Wrong(result.Error.Expected);
    }

    /// <summary>The complaint that something else was expected here.</summary>
    public DocumentFormatException Wrong(string expected) =>
        new(new DocumentError(File, 0, 0, Found(), $"{expected} at {Path}"));

    private string Found() =>
        Value.ValueKind switch
        {
            JsonValueKind.Undefined => "nothing",
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => Value.GetRawText(),
        };
}
