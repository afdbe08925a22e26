using System.Text.Json;

namespace Resolver.Packaging.Parsing;

/// <summary>Why a text is no JSON, without the words of the library that reads it.</summary>
public static class JsonFault
{
    /// <summary>An error at the place that the library names.</summary>
    /// <param name="fault">What the library threw.</param>
    /// <param name="isEmpty">Whether there is nothing in the file.</param>
    /// <param name="file">As the caller names it.</param>
    /// <param name="expected">What the file should be, such as <c>a plan as JSON</c>.</param>
    public static DocumentError Of(JsonException fault, bool isEmpty, string file, string expected) =>
        isEmpty
            ? new DocumentError(file, 0, 0, "an empty file", expected)
            : new DocumentError(
                file,
                (int)(fault.LineNumber ?? 0) + 1,
                (int)(fault.BytePositionInLine ?? 0) + 1,
                "what is no JSON",
                expected
            );
}
