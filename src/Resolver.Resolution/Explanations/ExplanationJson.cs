using System.Text.Json;

namespace Resolver.Resolution.Explanations;

/// <summary>Writes an explanation in the contract's shape (<c>resolver.explanation/1</c>).</summary>
public static class ExplanationJson
{
    public static void Write(Utf8JsonWriter writer, Explanation explanation) => throw new NotImplementedException();
}
