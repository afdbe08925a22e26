namespace Resolver.Conventions.Tests;

/// <summary>Inside a project, too, dependencies point one way: a folder is a namespace, and no two of them need each
/// other.</summary>
public sealed class NamespaceTests
{
    public static TheoryData<string> Names => Layers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_namespace_depends_on_one_that_depends_on_it(string layer)
    {
        var references = TypeReferences.Read(Layers.Load(layer).Location);

        var cycles = NamespaceGraph.Of(layer, references).Cycles();

        Assert.True(cycles.Count == 0, string.Join("\n\n", cycles));
    }

    /// <summary>Whatever the verifier shared with the translation, the encodings or the solver would be wrong in both
    /// at once.</summary>
    [Fact]
    public void Verifier_shares_no_code_with_what_makes_plans()
    {
        const string layer = "Resolver.Resolution",
            verifier = layer + ".Verification";
        string[] allowed = ["Candidates", "Objectives", "Plans", "Problems", "Requests", "Verification"];

        var named = TypeReferences
            .Read(Layers.Load(layer).Location)
            .Where(each => each.From.Namespace == verifier)
            .Select(each => each.To)
            .DistinctBy(type => type.FullName)
            .ToList();

        Assert.Contains(named, type => type.Namespace == layer + ".Candidates");
        Assert.DoesNotContain(
            named,
            type =>
                type.Namespace.StartsWith(layer + ".", StringComparison.Ordinal)
                && !allowed.Contains(type.Namespace[(layer.Length + 1)..])
        );
        Assert.DoesNotContain(named, type => type.Name == "DirectReference");
    }

    [Fact]
    public void A_cycle_is_reported_with_the_types_that_cause_it()
    {
        (string, string)[] references =
        [
            ("House.Upper.Walk", "House.Lower.Step"),
            ("House.Lower.Step", "House.Middle.Path"),
            ("House.Middle.Path", "House.Upper.Walk"),
            ("House.Upper.Walk", "House.Ground"),
        ];

        var cycle = Assert.Single(new NamespaceGraph(references).Cycles());

        Assert.Equal(
            """
            House.Lower -> House.Middle: Step names Path
            House.Middle -> House.Upper: Path names Walk
            House.Upper -> House.Lower: Walk names Step
            """,
            cycle
        );
    }

    [Fact]
    public void References_one_way_make_no_cycle()
    {
        (string, string)[] references =
        [
            ("House.Upper.Walk", "House.Lower.Step"),
            ("House.Upper.Walk", "House.Middle.Path"),
            ("House.Middle.Path", "House.Lower.Step"),
            ("House.Lower.Step", "House.Lower.Foot"),
        ];

        Assert.Empty(new NamespaceGraph(references).Cycles());
    }

    [Fact]
    public void A_reference_is_found_wherever_a_type_is_named()
    {
        var references = TypeReferences.Read(typeof(NamespaceTests).Assembly.Location);

        var named = references
            .Where(pair => pair.From.Name == nameof(Naming.Everything))
            .Select(pair => pair.To.Name)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            ["AsArgument", "AsAttribute", "AsBase", "AsField", "AsInterface", "AsLocal", "AsParameter", "AsResult"],
            named
        );
    }
}
