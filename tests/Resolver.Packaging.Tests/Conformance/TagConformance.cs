using System.Text.Json;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Tags;
using Xunit;
using static Resolver.Packaging.Tests.Conformance.Json;
using Cases = Resolver.Testing.Conformance;

namespace Resolver.Packaging.Tests.Conformance;

/// <summary>PEP 425 and its successors, and file names (PEP 427, 625), as packaging implements them. No deliberate
/// difference.</summary>
public sealed class TagConformance
{
    private const string File = "tags.json";

    [Fact]
    public void Platforms_are_those_of_the_reference() =>
        Cases.Check(
            File,
            "platforms",
            row => Differs("platforms", row.Texts("platforms"), Platforms(row.GetProperty("spec")))
        );

    [Fact]
    public void Supported_tags_are_those_of_the_reference_in_its_order() =>
        Cases.Check(
            File,
            "supported_tags",
            row => Differs("tags", row.Texts("tags"), Supported(row).Tags.Select(tag => tag.ToString()))
        );

    [Fact]
    public void Tags_of_pure_Python_are_those_of_the_reference() =>
        Cases.Check(
            File,
            "pure_python_tags",
            row => Differs("tags", row.Texts("tags"), InterpreterTags.Pure(Release(row)).Select(tag => tag.ToString()))
        );

    [Fact]
    public void Valid_wheel_names_are_read_as_by_the_reference() =>
        Cases.Check(
            File,
            "wheel_valid",
            row =>
            {
                var result = WheelFileName.TryParse(row.Text("in"));
                if (!result.Success)
                    return $"refused: {result.Error}";
                var wheel = result.Value;
                var build = row.GetProperty("build");
                return Differs("name", row.Text("name"), wheel.Name.Normalized)
                    ?? Differs("version", row.Text("version"), wheel.Version.ToString())
                    ?? Differs(
                        "build",
                        build.ValueKind == JsonValueKind.Null ? null : $"{build[0]} {build[1]}",
                        wheel.BuildTag is { } tag ? $"{tag.Number} {tag.Suffix}" : null
                    )
                    ?? Differs(
                        "tags",
                        row.Texts("tags"),
                        wheel.Tags.Select(one => one.ToString()).Order(StringComparer.Ordinal)
                    )
                    ?? Differs("sorted", row.Flag("tag_order_ok"), wheel.TagsAreSorted);
            }
        );

    [Fact]
    public void Invalid_wheel_names_are_refused_with_a_place() =>
        Cases.Check(
            File,
            "wheel_invalid",
            row =>
            {
                var text = row.Text("in");
                var result = WheelFileName.TryParse(text);
                if (result.Success)
                    return $"accepted as {result.Value}";
                return result.Error.Position >= 0 && result.Error.Position <= text.Length
                    ? null
                    : $"place {result.Error.Position}";
            }
        );

    [Fact]
    public void Valid_names_of_source_distributions_are_read_as_by_the_reference() =>
        Cases.Check(
            File,
            "sdist_valid",
            row =>
            {
                var result = SdistFileName.TryParse(row.Text("in"));
                if (!result.Success)
                    return $"refused: {result.Error}";
                return Differs("name", row.Text("name"), result.Value.Name.Normalized)
                    ?? Differs("version", row.Text("version"), result.Value.Version.ToString());
            }
        );

    [Fact]
    public void Invalid_names_of_source_distributions_are_refused_with_a_place() =>
        Cases.Check(
            File,
            "sdist_invalid",
            row =>
            {
                var text = row.Text("in");
                var result = SdistFileName.TryParse(text);
                if (result.Success)
                    return $"accepted as {result.Value}";
                return result.Error.Position >= 0 && result.Error.Position <= text.Length
                    ? null
                    : $"place {result.Error.Position}";
            }
        );

    [Fact]
    public void Wheels_are_chosen_in_the_order_of_the_reference()
    {
        using var document = Cases.Open(File);
        var targets = document
            .RootElement.GetProperty("supported_tags")
            .EnumerateArray()
            .ToDictionary(row => row.Text("name"), Supported);
        Cases.Check(
            File,
            "wheel_selection",
            row =>
                Differs(
                    "order",
                    row.Texts("ordered"),
                    targets[row.Text("target")].Select(row.Texts("wheels"), wheel => WheelFileName.Parse(wheel).Tags)
                )
        );
    }

    private static SupportedTags Supported(JsonElement row) =>
        SupportedTags.For(
            row.Text("implementation"),
            Release(row),
            row.Texts("abis"),
            Platforms(row.GetProperty("platform_spec"))
        );

    private static PythonRelease Release(JsonElement row)
    {
        var python = row.GetProperty("python");
        return new(python[0].GetInt32(), python.GetArrayLength() > 1 ? python[1].GetInt32() : null);
    }

    private static IReadOnlyList<string> Platforms(JsonElement spec) =>
        spec.Text("os") switch
        {
            "linux" => PlatformTags.Linux(
                spec.Text("sysconfig_platform")["linux-".Length..],
                Libc(spec, "glibc"),
                Libc(spec, "musl"),
                spec.Flag("is_32bit_interpreter")
            ),
            "macos" => PlatformTags.MacOS(
                spec.GetProperty("version")[0].GetInt32(),
                spec.GetProperty("version")[1].GetInt32(),
                spec.Text("arch")
            ),
            "ios" => PlatformTags.IOS(
                spec.GetProperty("version")[0].GetInt32(),
                spec.GetProperty("version")[1].GetInt32(),
                spec.Text("multiarch")
            ),
            "android" => PlatformTags.Android(spec.Number("api_level"), spec.Text("abi")),
            "generic" => PlatformTags.Generic(spec.Text("sysconfig_platform")),
            var other => throw new NotSupportedException($"system '{other}'"),
        };

    private static (int, int)? Libc(JsonElement spec, string kind) =>
        spec.TextOrNull("libc") == kind
            ? (spec.GetProperty("libc_version")[0].GetInt32(), spec.GetProperty("libc_version")[1].GetInt32())
            : null;
}
