using System.Diagnostics;
using System.Globalization;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Benchmarks.Resolution;

/// <summary>
/// How long whole explanations take (the core, its story, near misses, and changes that were tried) against refuting
/// alone, over the questions of universe files that have no answer: explaining / (refuting · (facts in the core +
/// 3)). Both as <c>resolver plan</c> does it: a problem is made and refuted, and then that refutation is explained.
/// Best of several rounds that take turns, so that a busy machine is busy for both.
/// </summary>
internal static class ExplainTimer
{
    private const int LeastRounds = 7;
    private const int MostRounds = 100;
    private static readonly SolveOptions Traced = new() { Trace = true };
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(200);

    /// <summary>A line a file, then the median, the worst and the longest of all questions.</summary>
    public static int Run(IReadOnlyList<string> paths)
    {
        foreach (var universe in paths.Select(UniverseFile.Read))
        {
            foreach (var query in universe.Queries)
                Measure(universe, query, WarmUp);
        }
        var all = new List<(string Name, int Facts, double Refute, double Explain, double Ratio)>();
        foreach (var path in paths)
        {
            var universe = UniverseFile.Read(path);
            var name = Path.GetFileName(path).Split('.')[0];
            var before = all.Count;
            foreach (var query in universe.Queries)
            {
                if (Measure(universe, query, Enough) is var (facts, refute, explain))
                    all.Add(
                        (
                            universe.Queries.Count == 1 ? name : $"{name} {query.Name}",
                            facts,
                            refute,
                            explain,
                            explain / refute / (facts + 3)
                        )
                    );
            }
            var ratios = all[before..];
            if (ratios.Count == 0)
                continue;
            var median = ratios.OrderBy(each => each.Ratio).ElementAt(ratios.Count / 2);
            Write(
                $"{name,-50} {ratios.Count,3} refuted, the median in {median.Refute,8:0.000} ms, explained in {median.Explain,8:0.000}: {median.Ratio,5:0.00} x ({median.Facts} facts + 3)"
            );
        }
        if (all.Count == 0)
            return 1;
        var sorted = all.OrderBy(each => each.Ratio).ToList();
        var (worst, longest) = (sorted[^1], sorted.MaxBy(each => each.Explain));
        Write(
            $"{sorted.Count} explanations: {sorted[sorted.Count / 2].Ratio:0.00} x (facts + 3) refutations in the median, {worst.Ratio:0.0} at worst ({worst.Name}); the longest takes {longest.Explain:0.0} ms ({longest.Name})"
        );
        return 0;
    }

    /// <returns>Milliseconds; null where the question has an answer.</returns>
    private static (int Facts, double Refute, double Explain)? Measure(
        Universe universe,
        UniverseQuery query,
        TimeSpan enough
    )
    {
        if (
            new DomainSolver().Solve(universe.CreateProblem(query).Problem, SolveOptions.Default)
            is not Outcome.Unsatisfiable
        )
            return null;
        double refute = double.MaxValue,
            explain = double.MaxValue;
        var facts = 0;
        var start = Stopwatch.GetTimestamp();
        for (
            var round = 0;
            round < MostRounds && (round < LeastRounds || Stopwatch.GetElapsedTime(start) < enough);
            round++
        )
        {
            var begin = Stopwatch.GetTimestamp();
            var problem = universe.CreateProblem(query);
            var outcome = new DomainSolver().Solve(problem.Problem, Traced);
            refute = Math.Min(refute, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);

            begin = Stopwatch.GetTimestamp();
            var explanation = Explainer.Explain(
                problem.Problem,
                problem.Text,
                universe as ICandidateSource,
                PlanLimits.None,
                ((Outcome.Unsatisfiable)outcome).Refutation
            );
            explain = Math.Min(explain, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            facts = explanation!.Core.Count;
        }
        return (facts, refute, explain);
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
