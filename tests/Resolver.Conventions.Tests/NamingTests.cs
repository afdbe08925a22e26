namespace Resolver.Conventions.Tests;

/// <summary>Names say what a thing is.</summary>
public sealed class NamingTests
{
    private static readonly string[] Forbidden =
    [
        "Core",
        "Common",
        "Misc",
        "Shared",
        "Utils",
        "Util",
        "Utilities",
        "Manager",
        "Helper",
        "Helpers",
    ];

    public static TheoryData<string> Names => Layers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_type_has_a_name_that_says_nothing(string layer)
    {
        var types = Layers
            .Load(layer)
            .GetTypes()
            .Where(type => !type.Name.Contains('<'))
            .Select(type => type.Name.Split('`')[0]);

        // 'CoreMetadata' is a standard and a 'core' of facts is a term: the word alone says nothing, and at the end
        // of a name the others do not either.
        Assert.DoesNotContain(
            types,
            name =>
                Forbidden.Contains(name)
                || Forbidden.Except(["Core"]).Any(word => name.EndsWith(word, StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    public void No_folder_has_a_name_that_says_nothing(string top)
    {
        var parts = Repository.Folders(top).SelectMany(folder => Path.GetFileName(folder).Split('.'));

        Assert.Empty(parts.Intersect(Forbidden));
    }
}
