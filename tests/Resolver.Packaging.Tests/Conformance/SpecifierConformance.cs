using Resolver.Packaging.Specifiers;
using Xunit;
using static Resolver.Packaging.Tests.Conformance.Json;
using Cases = Resolver.Testing.Conformance;

namespace Resolver.Packaging.Tests.Conformance;

/// <summary>PEP 440, "Version specifiers", as packaging implements it. No deliberate difference.</summary>
public sealed class SpecifierConformance
{
    private const string File = "specifiers.json";

    [Fact]
    public void Valid_specifiers_have_the_clauses_and_texts_of_the_reference() =>
        Cases.Check(
            File,
            "valid",
            row =>
            {
                var result = SpecifierSet.TryParse(row.Text("s"));
                if (!result.Success)
                    return $"refused: {result.Error}";
                var set = result.Value;
                var clauses = row.GetProperty("specs")
                    .EnumerateArray()
                    .Select(pair => pair[0].GetString() + " " + pair[1].GetString())
                    .Order(StringComparer.Ordinal)
                    .Distinct();
                return Differs("norm", row.Text("norm"), set.ToString())
                    ?? Differs("pre-releases", row.FlagOrNull("prereleases"), set.Prereleases)
                    ?? Differs("unsatisfiable", row.Flag("unsatisfiable"), set.IsUnsatisfiable)
                    ?? (
                        set.Specifiers.All(clause => clauses.Contains($"{clause.Operator} {clause.VersionText}"))
                            ? null
                            : "a clause that the reference has not"
                    );
            }
        );

    [Fact]
    public void Invalid_specifiers_are_refused_with_a_place() =>
        Cases.Check(
            File,
            "invalid",
            row =>
            {
                var text = row.Text("s");
                var result = SpecifierSet.TryParse(text);
                if (result.Success)
                    return $"accepted as {result.Value}";
                return result.Error.Position >= 0 && result.Error.Position <= text.Length
                    ? null
                    : $"place {result.Error.Position}";
            }
        );

    [Fact]
    public void Specifiers_contain_what_the_reference_says() =>
        Cases.Check(
            File,
            "contains",
            row =>
                Differs(
                    "contains",
                    row.Flag("r"),
                    SpecifierSet
                        .Parse(row.Text("s"))
                        .Contains(row.Text("v"), row.FlagOrNull("p"), row.FlagOrNull("installed") ?? false)
                )
        );

    [Fact]
    public void Specifiers_filter_as_the_reference_does() =>
        Cases.Check(
            File,
            "filter",
            row =>
                Differs(
                    "result",
                    row.Texts("result"),
                    SpecifierSet.Parse(row.Text("s")).Filter(row.Texts("versions"), row.FlagOrNull("p"))
                )
        );

    [Fact]
    public void Specifiers_relate_as_the_reference_says() =>
        Cases.Check(
            File,
            "relations",
            row =>
            {
                var (a, b) = (SpecifierSet.Parse(row.Text("a")).Ranges, SpecifierSet.Parse(row.Text("b")).Ranges);
                return Differs("subset", row.Flag("subset"), a.IsSubsetOf(b))
                    ?? Differs("superset", row.Flag("superset"), a.IsSupersetOf(b))
                    ?? Differs("disjoint", row.Flag("disjoint"), a.IsDisjointFrom(b));
            }
        );
}
