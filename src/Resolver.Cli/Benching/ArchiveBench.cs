using System.Diagnostics;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Interpreters;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Cli.Benching;

/// <summary>Times an archive: reading its files, making candidates of them, and planning each of many questions as
/// for an empty environment.</summary>
/// <param name="interpreter">The environment.</param>
/// <param name="solver">The engine.</param>
/// <param name="limits">When a question is given up.</param>
/// <param name="repeat">How often everything is done.</param>
internal sealed class ArchiveBench(Interpreter interpreter, ISolver solver, PlanLimits limits, int repeat)
{
    /// <summary>The measured rows; of an archive without distributions, how long it takes to find that out.</summary>
    /// <param name="shown">What the rows call the archive.</param>
    /// <param name="places">Its directories.</param>
    /// <param name="asked">The questions; none for every project by itself.</param>
    /// <param name="most">At most this many of those are asked, evenly spread over the names.</param>
    public IEnumerable<BenchRow> Run(
        string shown,
        IReadOnlyList<string> places,
        IReadOnlyList<Requirement> asked,
        int most,
        ScanOptions scanning,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<Distribution> distributions = [];
        var scan = new Sampling();
        for (var i = 0; i < repeat; i++)
            distributions = scan.Take(() => ArchiveScanner.Scan(places, scanning, cancellation), cancellation);
        yield return scan.Row(shown, "scan", distributions.Count)!;

        ArchiveCandidateSource source = null!;
        var load = new Sampling();
        for (var i = 0; i < repeat; i++)
            source = load.Take(() => new ArchiveCandidateSource(distributions), cancellation);
        yield return load.Row(shown, "load", distributions.Count)!;

        IReadOnlyList<Requirement> questions =
            asked.Count > 0
                ? asked
                :
                [
                    .. Spread([.. source.Projects.Select(name => name.Normalized).Order(StringComparer.Ordinal)], most)
                        .Select(name => Requirement.Parse(name)),
                ];
        var (solve, order, explain) = (new Sampling(), new Sampling(), new Sampling());
        if (questions.Count > 0)
            Sampling.Warm(() => Plan(source, questions[0], cancellation), cancellation);
        for (var i = 0; i < repeat; i++)
        {
            foreach (var question in questions)
                Ask(source, question, i == 0, solve, order, explain, cancellation);
        }

        foreach (
            var row in new[]
            {
                solve.Row(shown, "solve", 1),
                order.Row(shown, "order", 1),
                explain.Row(shown, "explain", 1),
            }
        )
        {
            if (row is not null)
                yield return row;
        }
    }

    private void Ask(
        ArchiveCandidateSource source,
        Requirement question,
        bool first,
        Sampling solve,
        Sampling order,
        Sampling explain,
        CancellationToken cancellation
    )
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = Plan(source, question, cancellation);
        var whole = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (Statistics(outcome) is not { } statistics)
            return;
        solve.Add(statistics.SolveMilliseconds);
        if (first)
            solve.Count(new SearchWork(statistics.Decisions, statistics.Conflicts, statistics.Propagations));
        if (outcome is PlanOutcome.Planned)
            order.Add(statistics.OrderMilliseconds);
        else if (outcome is PlanOutcome.Impossible)
            explain.Add(whole - statistics.SolveMilliseconds);
    }

    private PlanOutcome Plan(ArchiveCandidateSource source, Requirement question, CancellationToken cancellation)
    {
        var request = new PlanRequest
        {
            Roots = [question],
            Environment = interpreter.Environment,
            Tags = interpreter.Tags,
        };
        return Planner.Plan(source, request, limits, solver, cancellation);
    }

    private static PlanStatistics? Statistics(PlanOutcome outcome) =>
        outcome switch
        {
            PlanOutcome.Planned planned => planned.Plan.Statistics,
            PlanOutcome.Impossible impossible => impossible.Statistics,
            PlanOutcome.GaveUp gaveUp => gaveUp.Statistics,
            _ => null,
        };

    private static IEnumerable<string> Spread(string[] names, int most) =>
        names.Length <= most
            ? names
            : Enumerable.Range(0, most).Select(i => names[(int)((long)i * names.Length / most)]);
}
