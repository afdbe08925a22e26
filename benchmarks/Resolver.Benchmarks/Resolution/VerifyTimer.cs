using System.Diagnostics;
using System.Globalization;
using Resolver.Archives.Candidates;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Verification;

namespace Resolver.Benchmarks.Resolution;

/// <summary>How long the verifier takes against the plan that it judges, over every project of an archive that can be
/// planned by itself: in memory, and against the whole way from a scan. Both take turns, so that a busy machine is busy
/// for both.</summary>
internal static class VerifyTimer
{
    private const int Rounds = 9;

    /// <summary>A line an archive: plans, steps, the median of verifying against planning, and the sums.</summary>
    public static int Run(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
        {
            var begin = Stopwatch.GetTimestamp();
            var distributions = ArchiveScanner.Scan([folder], ScanOptions.Default);
            var scan = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            var source = new ArchiveCandidateSource(distributions);
            var all = new List<(int Steps, double Plan, double Verify)>();
            foreach (var project in source.Projects)
            {
                var request = new PlanRequest
                {
                    Roots = [Requirement.Parse(project.Normalized)],
                    Environment = MarkerEnvironment.CPython311OnLinux,
                };
                if (Measure(source, request) is { } measured)
                    all.Add(measured);
            }
            if (all.Count == 0)
                return 1;
            var shares = all.Select(each => each.Verify / each.Plan).Order().ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.GetFileName(folder),-24} {all.Count} plans, {all.Sum(each => each.Steps)} steps: "
                        + $"verified in {shares[shares.Count / 2]:P1} of the planning in the median, "
                        + $"{all.Sum(each => each.Verify) / all.Sum(each => each.Plan):P1} in sum "
                        + $"({all.Sum(each => each.Verify):0.0} of {all.Sum(each => each.Plan):0.0} ms); the scan "
                        + $"took {scan:0} ms"
                )
            );
        }
        return 0;
    }

    private static (int Steps, double Plan, double Verify)? Measure(ArchiveCandidateSource source, PlanRequest request)
    {
        var (plan, verify, steps) = (double.MaxValue, double.MaxValue, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            var outcome = Planner.Plan(source, request, new PlanLimits(null, null));
            plan = Math.Min(plan, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            if (outcome is not PlanOutcome.Planned { Plan: var made })
                return null;
            begin = Stopwatch.GetTimestamp();
            Wrong.Unless(PlanVerifier.Violations(made, request).Count == 0, "a plan without violations");
            verify = Math.Min(verify, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            steps = made.Steps.Count;
        }
        return (steps, plan, verify);
    }
}
