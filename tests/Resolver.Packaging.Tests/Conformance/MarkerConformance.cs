using System.Text.Json;
using Resolver.Packaging.Markers;
using Xunit;
using static Resolver.Packaging.Tests.Conformance.Json;
using Cases = Resolver.Testing.Conformance;

namespace Resolver.Packaging.Tests.Conformance;

/// <summary>PEP 508, "Environment Markers", as packaging implements it. No deliberate difference.</summary>
public sealed class MarkerConformance
{
    private const string File = "markers.json";

    [Fact]
    public void Valid_markers_have_the_text_of_the_reference() =>
        Cases.Check(
            File,
            "valid",
            row =>
            {
                var result = Marker.TryParse(row.Text("m"));
                if (!result.Success)
                    return $"refused: {result.Error}";
                // A value with both kinds of quotes cannot be written back by the reference; ours is written with an
                // escape.
                return row.TextOrNull("norm") is { } norm ? Differs("norm", norm, result.Value.ToString()) : null;
            }
        );

    [Fact]
    public void Invalid_markers_are_refused_with_a_place() =>
        Cases.Check(
            File,
            "invalid",
            row =>
            {
                var text = row.Text("m");
                var result = Marker.TryParse(text);
                if (result.Success)
                    return $"accepted as {result.Value}";
                return result.Error.Position >= 0 && result.Error.Position <= text.Length
                    ? null
                    : $"place {result.Error.Position}";
            }
        );

    [Fact]
    public void Markers_are_judged_as_by_the_reference()
    {
        using var document = Cases.Open(File);
        var environments = document
            .RootElement.GetProperty("environments")
            .EnumerateObject()
            .ToDictionary(item => item.Name, item => Environment(item.Value));
        Cases.Check(
            File,
            "cases",
            row =>
            {
                var result = Marker.Parse(row.Text("m")).TryEvaluate(Context(environments[row.Text("env")], row));
                if (row.TextOrNull("error") is { } error)
                {
                    if (result.Success)
                        return $"{result.Value} instead of {error}";
                    return Differs(
                        "unknown variable",
                        error == "UndefinedEnvironmentName",
                        result.Error.Expected.Contains("marker variable", StringComparison.Ordinal)
                    );
                }
                return result.Success ? Differs("result", row.Flag("r"), result.Value) : $"failed: {result.Error}";
            }
        );
    }

    private static MarkerEnvironment Environment(JsonElement values) =>
        values
            .EnumerateObject()
            .Aggregate(
                MarkerEnvironment.CPython311OnLinux,
                (environment, item) => environment.With(item.Name, item.Value.GetString()!)
            );

    private static MarkerContext Context(MarkerEnvironment environment, JsonElement row)
    {
        var set = row.GetProperty("set");
        var texts = set.EnumerateObject()
            .Where(item => item.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(item => item.Name, item => item.Value.GetString()!);
        var inLockFile = row.Text("context") == "lock_file";
        return new()
        {
            Environment = environment,
            RequestedExtras = row.Text("context") == "metadata" ? [] : null,
            Extras =
                set.TryGetProperty("extras", out _) ? set.Texts("extras")
                : inLockFile ? []
                : null,
            DependencyGroups =
                set.TryGetProperty("dependency_groups", out _) ? set.Texts("dependency_groups")
                : inLockFile ? []
                : null,
            Overrides = texts,
        };
    }
}
