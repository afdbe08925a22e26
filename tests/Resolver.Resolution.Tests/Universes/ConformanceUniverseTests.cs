using System.Diagnostics;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Universes;

/// <summary>Every universe of the conformance data: the verdict that independent solvers gave, and each root as high
/// as they found possible.</summary>
public sealed class ConformanceUniverseTests
{
    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var subfolder in (string[])["universes", "explain"])
        {
            if (Conformance.Folder is not null && Directory.Exists(Path.Combine(Conformance.Folder, subfolder)))
            {
                foreach (var file in Conformance.Files(subfolder))
                    files.Add(file);
            }
        }

        if (files.Count == 0)
            files.Add("universes/small.json");
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Verdict_and_highest_roots_are_those_of_the_reference(string file)
    {
        var solver = new DomainSolver();
        var differences = new List<string>();
        var count = 0;
        foreach (var (name, json) in ConformanceUniverses.Split(file))
        {
            using var stream = new MemoryStream(json);
            var universe = Assert.IsType<CandidateUniverse>(UniverseFile.Read(stream, name));
            foreach (var query in universe.Queries)
            {
                count++;
                if (Judge(solver, universe, query) is { } difference)
                    differences.Add($"{query.Name}: {difference}");
            }
        }

        Assert.True(count > 0);
        Assert.True(
            differences.Count == 0,
            $"{differences.Count} of {count} differ:\n{string.Join('\n', differences.Take(20))}"
        );
    }

    private static string? Judge(DomainSolver solver, CandidateUniverse universe, UniverseQuery query)
    {
        var mode = universe.Prereleases == "exclude" ? PrereleaseMode.Disallow : PrereleaseMode.IfNecessaryOrExplicit;
        var (problem, text) = universe.CreateProblem(query, mode);
        var outcome = solver.Solve(problem, new SolveOptions { Deadline = Deadline.After(TimeSpan.FromSeconds(20)) });
        var verdict = outcome switch
        {
            Outcome.Satisfiable => true,
            Outcome.Unsatisfiable => false,
            _ => (bool?)null,
        };
        if (verdict != query.Expected!.Satisfiable)
            return $"expected satisfiable {query.Expected.Satisfiable}, got {outcome.GetType().Name}";
        // root_max knows nothing of a preference for the lowest or for what was locked before.
        if (
            outcome is not Outcome.Satisfiable satisfiable
            || query.Expected.RootMax is null
            || universe.Lowest
            || universe.Preferred.Count > 0
        )
            return null;
        var selected = satisfiable
            .Selection.Order.Where(variable => !text.IsExtra(variable))
            .ToDictionary(text.ProjectOf, variable => text.VersionOf(variable, satisfiable.Selection[variable]));
        foreach (var (project, version) in query.Expected.RootMax)
        {
            if (selected.GetValueOrDefault(project) != version)
                return $"expected {project} {version}, got {selected.GetValueOrDefault(project) ?? "nothing"}";
        }

        return null;
    }
}
