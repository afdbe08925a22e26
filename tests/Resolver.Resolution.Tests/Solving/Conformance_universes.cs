using System.Text;
using System.Text.Json.Nodes;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Proofs;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Resolver.Testing;
using Resolver.Testing.Proofs;
using Resolver.Testing.Reference;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>
/// Universes of real and recorded problems, those of other ecosystems through their <c>pep440</c> twin: verdict as
/// expected, selections judged, impossibility proven, Z3 of the same opinion. The larger ones only where
/// <c>RESOLVER_LONG</c> is 1, and those of a folder where <c>RESOLVER_UNIVERSES</c> names it.
/// </summary>
public sealed class Conformance_universes
{
    private const int LargestInShort = 1_000;

    private static readonly bool Long = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1";

    [Fact]
    public void Verdicts_are_as_expected_selections_are_consistent_and_impossibility_is_proven()
    {
        var (possible, impossible) = (0, 0);
        foreach (var (universe, query) in Universes())
        {
            var made = universe.CreateProblem(query);
            var recorder = new ProofRecorder(made.Problem);
            var outcome = new DomainSolver().Solve(
                made.Problem,
                new SolveOptions { Observer = recorder },
                TestContext.Current.CancellationToken
            );
            if (query.Expected?.Satisfiable is { } expected)
                Assert.True(expected == outcome is Outcome.Satisfiable, $"{query.Name}: {outcome}");
            if (outcome is Outcome.Satisfiable { Selection: var selection })
            {
                possible++;
                Assert.Empty(SelectionChecker.Check(made.Problem, selection));
                continue;
            }

            impossible++;
            using var formula = new StringWriter();
            using var proof = new StringWriter();
            recorder.Write(
                formula,
                proof,
                (variable, candidate) =>
                    $"{made.Text.ProjectOf(variable)} "
                    + $"{(candidate < 0 ? "absent" : made.Text.VersionOf(variable, candidate))}"
            );
            Assert.True(
                DratChecker.Check(formula.ToString(), proof.ToString()) is null,
                $"{query.Name}: {DratChecker.Check(formula.ToString(), proof.ToString())}"
            );
        }

        Assert.True(possible > 0 && impossible > 0, $"{possible} possible, {impossible} impossible");
    }

    [Fact]
    public void Z3_gives_the_same_selection_and_finds_nothing_better()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        foreach (var (universe, query) in Universes())
        {
            var problem = universe.CreateProblem(query).Problem;
            var ours = new DomainSolver().Solve(problem, SolveOptions.Default, TestContext.Current.CancellationToken);
            var theirs = new Z3Solver().Solve(problem, SolveOptions.Default, TestContext.Current.CancellationToken);
            Assert.Equal(Text(ours), Text(theirs));
            if (ours is Outcome.Satisfiable { Selection: var selection })
                Assert.True(BestnessRefuter.FindBetter(problem, selection, out _) is null, query.Name);
        }
    }

    /// <summary>The universe itself, or its twin in PEP 508 text with the verdict that is expected of both.</summary>
    private static JsonNode Portable(JsonNode universe)
    {
        if (universe["pep440"] is not { } twin)
            return universe;
        return new JsonObject
        {
            ["name"] = universe["name"]!.DeepClone(),
            ["scheme"] = "pep440",
            ["root"] = twin["root"]!.DeepClone(),
            ["packages"] = twin["packages"]!.DeepClone(),
            ["expected"] = new JsonObject { ["satisfiable"] = universe["expected"]?["satisfiable"]?.DeepClone() },
        };
    }

    private static string Text(Outcome outcome) =>
        outcome is Outcome.Satisfiable { Selection: var selection }
            ? string.Join(", ", selection.Order.Select(variable => $"{variable.Index}={selection[variable]}"))
            : outcome.GetType().Name;

    private static IEnumerable<(Universe Universe, UniverseQuery Query)> Universes()
    {
        var limit = Long ? 10_000 : LargestInShort;
        foreach (var file in Conformance.Files("universes").Concat(Conformance.Files("explain")))
        {
            using var document = Conformance.Open(file);
            // Some files hold a list of universes.
            var root = JsonNode.Parse(document.RootElement.GetRawText())!;
            IEnumerable<JsonNode?> universes =
                root["universes"] is JsonArray list ? list
                : root is JsonArray array ? array
                : [root];
            foreach (var node in universes)
            {
                if (
                    node!["packages"]!.AsObject().Sum(package => package.Value!.AsArray().Count) > limit
                    || node["queries"] is not null
                )
                    continue;
                using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Portable(node).ToJsonString()));
                var universe = UniverseFile.Read(stream, file);
                foreach (var query in universe.Queries)
                    yield return (universe, query);
            }
        }

        if (Environment.GetEnvironmentVariable("RESOLVER_UNIVERSES") is not { Length: > 0 } folder)
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json.gz").Order(StringComparer.Ordinal))
        {
            var universe = UniverseFile.Read(path);
            foreach (var query in universe.Queries)
                yield return (universe, query);
        }
    }
}
