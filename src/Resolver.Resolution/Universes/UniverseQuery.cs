namespace Resolver.Resolution.Universes;

/// <summary>One question to a universe: a list of roots, and what the answer should be.</summary>
/// <param name="Name">The universe's name, and <c>#INDEX</c> (from 0) where the file holds <c>queries</c>.</param>
/// <param name="Root">The roots as written, in the order given.</param>
/// <param name="Expected">What the file expects, or null where it says nothing.</param>
public sealed record UniverseQuery(string Name, IReadOnlyList<string> Root, UniverseExpectation? Expected)
{
    /// <summary>The roots as requirements of the universe that the query belongs to, where it holds them as
    /// such.</summary>
    internal int[]? RootIds { get; init; }
}

/// <summary>What a file expects of the answer.</summary>
/// <param name="Satisfiable">The verdict, or null where it says nothing.</param>
/// <param name="Solution">The selection as project and version, in the file's order; or null.</param>
/// <param name="RootMax">The root projects in order, each with the highest version any solution allows given those
/// before it; or null.</param>
public sealed record UniverseExpectation(
    bool? Satisfiable,
    IReadOnlyList<KeyValuePair<string, string>>? Solution,
    IReadOnlyList<KeyValuePair<string, string>>? RootMax
);
