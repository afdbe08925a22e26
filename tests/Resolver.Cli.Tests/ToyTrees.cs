namespace Resolver.Cli.Tests;

/// <summary>Unpacked trees of projects that build themselves: the smallest things that can be ordered and
/// planned.</summary>
internal static class ToyTrees
{
    /// <summary>Writes a tree and gives its path.</summary>
    /// <param name="requires">What it needs to run.</param>
    /// <param name="builds">What it needs to be built.</param>
    public static string Tree(
        this TemporaryFolder folder,
        string name,
        string version,
        string[]? requires = null,
        string[]? builds = null,
        string? extra = null
    )
    {
        var tree = $"archive/{name}-{version}";
        folder.Write(
            $"{tree}/pyproject.toml",
            $"""
            [build-system]
            requires = [{List(builds)}]
            build-backend = "backend"
            backend-path = ["."]

            [project]
            name = "{name}"
            version = "{version}"
            dependencies = [{List(requires)}]
            {extra}
            """
        );
        return folder[tree];
    }

    private static string List(string[]? requirements) =>
        string.Join(", ", (requirements ?? []).Select(requirement => $"'{requirement}'"));
}
