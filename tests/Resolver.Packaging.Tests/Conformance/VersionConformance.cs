using System.Text.Json;
using Resolver.Packaging.Versions;
using Xunit;
using static Resolver.Packaging.Tests.Conformance.Json;
using Cases = Resolver.Testing.Conformance;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Conformance;

/// <summary>PEP 440 as packaging implements it. No deliberate difference.</summary>
public sealed class VersionConformance
{
    private const string File = "versions.json";

    [Fact]
    public void Valid_versions_have_the_parts_and_texts_of_the_reference() =>
        Cases.Check(
            File,
            "valid",
            row =>
            {
                var result = Version.TryParse(row.Text("in"));
                if (!result.Success)
                    return $"refused: {result.Error}";
                var version = result.Value;
                return Differs("norm", row.Text("norm"), version.ToString())
                    ?? Differs("canonical", row.Text("canonical"), version.ToCanonicalString())
                    ?? Differs("epoch", row.Text("epoch"), version.Epoch.ToString())
                    ?? Differs("release", row.Texts("release"), version.Release.Select(number => number.ToString()))
                    ?? Differs(
                        "pre",
                        Pre(row.GetProperty("pre")),
                        version.Pre is { } pre ? pre.Letter + pre.Number : null
                    )
                    ?? Differs("post", row.TextOrNull("post"), version.Post?.ToString())
                    ?? Differs("dev", row.TextOrNull("dev"), version.Dev?.ToString())
                    ?? Differs("local", row.TextOrNull("local"), version.Local)
                    ?? Differs("public", row.Text("public"), version.Public.ToString())
                    ?? Differs("base", row.Text("base_version"), version.BaseVersion.ToString())
                    ?? Differs("is pre-release", row.Flag("is_prerelease"), version.IsPrerelease)
                    ?? Differs("is post-release", row.Flag("is_postrelease"), version.IsPostrelease)
                    ?? Differs("is development release", row.Flag("is_devrelease"), version.IsDevrelease);
            }
        );

    [Fact]
    public void Invalid_versions_are_refused_with_a_place() =>
        Cases.Check(
            File,
            "invalid",
            row =>
            {
                var text = row.Text("in");
                var result = Version.TryParse(text);
                if (result.Success)
                    return $"accepted as {result.Value}";
                return result.Error.Position >= 0 && result.Error.Position <= text.Length
                    ? null
                    : $"place {result.Error.Position}";
            }
        );

    [Fact]
    public void Versions_are_ordered_as_the_reference_orders_them()
    {
        using var document = Cases.Open(File);
        var groups = document
            .RootElement.GetProperty("ordering")
            .EnumerateArray()
            .Select(group => group.EnumerateArray().Select(text => Version.Parse(text.GetString()!)).ToArray())
            .ToArray();
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var version in groups[i])
            {
                Assert.True(
                    version == groups[i][0] && version.GetHashCode() == groups[i][0].GetHashCode(),
                    $"{version} is not equal to {groups[i][0]}"
                );
                if (i > 0)
                    Assert.True(version > groups[i - 1][0], $"{version} is not above {groups[i - 1][0]}");
            }
        }
        // Every pair, and not neighbours alone: the packed form decides distant ones by another way.
        for (var i = 0; i < groups.Length; i++)
            for (var j = i + 1; j < groups.Length; j++)
                if (groups[i][0].CompareTo(groups[j][0]) >= 0 || groups[j][0].CompareTo(groups[i][0]) <= 0)
                    Assert.Fail($"{groups[i][0]} is not below {groups[j][0]}");
    }

    private static string? Pre(JsonElement pre) =>
        pre.ValueKind == JsonValueKind.Null
            ? null
            : string.Concat(pre.EnumerateArray().Select(part => part.ToString()));
}
