using System.Text;
using System.Text.Json;

namespace Resolver.Packaging.Parsing;

/// <summary>JSON of unknown origin: every way in which System.Text.Json refuses it becomes one error value.</summary>
internal static class JsonReading
{
    /// <summary>Reads a document whose top is an object, and lets <paramref name="read"/> take from it. A
    /// <see cref="DocumentFormatException"/> thrown there is returned.</summary>
    public static DocumentResult<T> Read<T>(ReadOnlySpan<byte> utf8, string file, Func<JsonElement, T> read)
        where T : class
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8[3..];
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray());
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? DocumentResult<T>.Of(read(document.RootElement))
                : DocumentResult<T>.Failed(new DocumentError(file, 1, 0, Describe(document.RootElement), "an object"));
        }
        catch (DocumentFormatException e)
        {
            return DocumentResult<T>.Failed(e.Error);
        }
        catch (JsonException e)
        {
            return DocumentResult<T>.Failed(JsonFault.Of(e, utf8.IsEmpty, file, "JSON"));
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair: it is found when it is requested.
            return DocumentResult<T>.Failed(new DocumentError(file, 0, 0, "a string that is not Unicode", "JSON"));
        }
    }

    /// <summary>The member of this name, or null where it is absent or JSON's null.</summary>
    public static JsonElement? Member(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement owner, string name, string file) =>
        owner.Member(name) is { } value
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : throw Wrong(file, name, value, "a string")
            : null;

    public static bool? Boolean(this JsonElement owner, string name, string file) =>
        owner.Member(name) is { } value
            ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean()
                : throw Wrong(file, name, value, "true or false")
            : null;

    public static int? Integer(this JsonElement owner, string name, string file) =>
        owner.Member(name) is { } value
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
                ? number
                : throw Wrong(file, name, value, "a whole number")
            : null;

    public static JsonElement? Object(this JsonElement owner, string name, string file) =>
        owner.Member(name) is { } value
            ? value.ValueKind == JsonValueKind.Object
                ? value
                : throw Wrong(file, name, value, "an object")
            : null;

    public static T Required<T>(this T? value, string file, string name)
        where T : class => value ?? throw Absent(file, name);

    public static T Required<T>(this T? value, string file, string name)
        where T : struct => value ?? throw Absent(file, name);

    public static DocumentFormatException Wrong(string file, string name, JsonElement value, string expected) =>
        new(new DocumentError(file, 0, 0, $"{Describe(value)} under {OneLine.Quote(name)}", expected));

    private static DocumentFormatException Absent(string file, string name) =>
        new(new DocumentError(file, 0, 0, $"no key '{name}'", $"the key '{name}'"));

    private static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };

    /// <summary>UTF-8 bytes of a text; lone surrogates become U+FFFD.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
