using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Xunit;
using static Resolver.Packaging.Tests.Conformance.Json;
using Cases = Resolver.Testing.Conformance;

namespace Resolver.Packaging.Tests.Conformance;

/// <summary>PEP 508, PEP 503 and PEP 685 as packaging implements them. No deliberate difference.</summary>
public sealed class RequirementConformance
{
    private const string File = "requirements.json";

    [Fact]
    public void Valid_requirements_have_the_parts_and_texts_of_the_reference() =>
        Cases.Check(
            File,
            "valid",
            row =>
            {
                var result = Requirement.TryParse(row.Text("in"));
                if (!result.Success)
                    return $"refused: {result.Error}";
                var requirement = result.Value;
                return Differs("name", row.Text("name"), requirement.RawName)
                    ?? Differs("canonical", row.Text("canonical"), requirement.Name.Normalized)
                    ?? Differs("extras", row.Texts("extras"), requirement.RawExtras)
                    ?? Differs("specifier", row.Text("specifier"), requirement.Specifier.ToString())
                    ?? Differs("url", row.TextOrNull("url"), requirement.Url)
                    ?? Differs("marker", row.TextOrNull("marker"), requirement.Marker?.ToString())
                    ?? Differs("str", row.Text("str"), requirement.ToString());
            }
        );

    [Fact]
    public void Invalid_requirements_are_refused_with_a_place() =>
        Cases.Check(
            File,
            "invalid",
            row =>
            {
                var text = row.Text("in");
                var result = Requirement.TryParse(text);
                if (result.Success)
                    return $"accepted as {result.Value}";
                return result.Error.Position >= 0 && result.Error.Position <= text.Length
                    ? null
                    : $"place {result.Error.Position}";
            }
        );

    [Fact]
    public void Names_are_judged_and_normalised_as_by_the_reference() =>
        Cases.Check(
            File,
            "names",
            row =>
            {
                var text = row.Text("in");
                var name = PackageName.TryParse(text);
                return Differs("canonical", row.Text("canonical"), PackageName.Normalize(text))
                    ?? Differs("valid", row.Flag("valid"), name.Success)
                    ?? Differs("normalised", row.Flag("normalized"), PackageName.IsNormalized(text))
                    ?? (name.Success ? Differs("value", row.Text("canonical"), name.Value.Normalized) : null);
            }
        );
}
