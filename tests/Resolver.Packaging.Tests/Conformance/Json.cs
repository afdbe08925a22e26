using System.Text.Json;

namespace Resolver.Packaging.Tests.Conformance;

/// <summary>Short names for reading cases, and for saying what differs.</summary>
internal static class Json
{
    public static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static string? TextOrNull(this JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(this JsonElement row, string name) => row.GetProperty(name).GetBoolean();

    public static bool? FlagOrNull(this JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    public static string[] Texts(this JsonElement row, string name) =>
        [.. row.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    public static int Number(this JsonElement row, string name) => row.GetProperty(name).GetInt32();

    /// <summary>Null where both are equal.</summary>
    public static string? Differs(string what, object? expected, object? actual) =>
        Equals(expected, actual) ? null : $"{what}: expected {Show(expected)}, got {Show(actual)}";

    public static string? Differs(string what, IEnumerable<string> expected, IEnumerable<string> actual) =>
        Differs(what, string.Join(" | ", expected), string.Join(" | ", actual));

    private static string Show(object? value) => value is null ? "nothing" : $"'{value}'";
}
