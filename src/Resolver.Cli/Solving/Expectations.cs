using Resolver.Packaging.Names;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Solving;

/// <summary>Compares an answer with what the file expects (<c>--check</c>).</summary>
/// <remarks>The best selection is defined by its roots first, so <c>root_max</c> is the judge where it is given: a
/// file's <c>solution</c> may be another valid one.</remarks>
internal static class Expectations
{
    /// <summary>Where they differ, one line each; empty where they agree or the file expects nothing.</summary>
    public static IReadOnlyList<string> Differences(
        UniverseScheme scheme,
        UniverseExpectation? expected,
        Outcome outcome,
        IReadOnlyList<KeyValuePair<string, string>> packages
    )
    {
        if (expected is null)
            return [];
        if (outcome is Outcome.GaveUp)
            return expected.Satisfiable is { } verdict ? [$"expected {Verdict(verdict)}, gave up"] : [];
        var satisfiable = outcome is Outcome.Satisfiable;
        if (expected.Satisfiable is { } wanted && wanted != satisfiable)
            return [$"expected {Verdict(wanted)}, found {Verdict(satisfiable)}"];
        if (!satisfiable)
            return [];

        var found = packages.ToDictionary(package => Name(scheme, package.Key), package => package.Value);
        if (expected.RootMax is { } rootMax)
            return [.. Missing(scheme, rootMax, found)];
        if (expected.Solution is not { } solution)
            return [];
        var known = solution.Select(package => Name(scheme, package.Key)).ToHashSet();
        var beside = packages
            .Where(package => !known.Contains(Name(scheme, package.Key)))
            .Select(package => $"expected no {package.Key}, found {package.Value}");
        return [.. Missing(scheme, solution, found), .. beside];
    }

    private static IEnumerable<string> Missing(
        UniverseScheme scheme,
        IEnumerable<KeyValuePair<string, string>> expected,
        Dictionary<string, string> found
    ) =>
        from package in expected
        let version = found.GetValueOrDefault(Name(scheme, package.Key))
        where version is null || !SameVersion(scheme, version, package.Value)
        select $"expected {package.Key} {package.Value}, found {version ?? "none"}";

    private static string Name(UniverseScheme scheme, string text) =>
        scheme == UniverseScheme.Pep440 && PackageName.TryParse(text) is { Success: true } name
            ? name.Value.Normalized
            : text;

    private static bool SameVersion(UniverseScheme scheme, string a, string b) =>
        a == b
        || (
            scheme == UniverseScheme.Pep440
            && Version.TryParse(a, out var first)
            && Version.TryParse(b, out var second)
            && first == second
        );

    private static string Verdict(bool satisfiable) => satisfiable ? "satisfiable" : "unsatisfiable";
}
