using System.Globalization;
using System.Text;
using Resolver.Peers.Contestants;

namespace Resolver.Peers.Reporting;

/// <summary><c>docs/performance.md</c>, made from measurements and from nothing else.</summary>
internal static class Report
{
    /// <summary>What a report that is not whole says of itself; a test looks for it.</summary>
    public const string Unfinished = "This run was ended before everything was measured.";

    public static string Of(Findings findings)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            # Performance

            Made by `benchmarks/peers/report` on {DateTime.UtcNow:yyyy-MM-dd} of commit {findings.Commit}; every figure on this page comes from that run. Machine: {Machine.Description()}; load {findings.Load}.
            Times are in milliseconds. Compare values within a table only, because other runs have other noise.
            [scale.md](scale.md) shows what grows with the size of an archive.

            """
        );
        if (!findings.IsFinished)
            text.Append('\n').Append(Unfinished).Append('\n');
        foreach (var (index, trouble) in findings.Troubles.Index())
            text.Append(index == 0 ? "\nNot measured, or not right:\n\n" : "")
                .Append("- ")
                .Append(trouble)
                .Append('\n');
        AppendContest(text, findings);
        Append(text, findings.Bootstrapping);
        Append(text, findings.Processes);
        Append(text, findings.Archives);
        Append(text, findings.Phases);
        Append(text, findings.Growth);
        Append(text, findings.Versions);
        return text.ToString();
    }

    private static void AppendContest(StringBuilder text, Findings findings)
    {
        var comparison = findings.Comparison;
        if (comparison.Problems.Count == 0)
            return;
        text.Append(
            """

            ## The same problems, solved by us and by others

            Every contestant solves the same universes in the same run, one after another, each in a separate process.

            - Resolver and the contestants in Python are timed inside the process, after warm-up, from the problem in memory to the answer.
            - SAT solvers and pip are timed as whole processes.
            - Only Resolver proves that its answer is the best one (newest first, in the order of discovery). The others give any answer.
            - Verdicts are compared with the expected ones, and every selection of a Python peer is checked.
            - Each cell is the median, with the middle half of all samples in brackets. `> 8 s` means that the time limit was reached.

            | contestant | version | its time covers |
            | --- | --- | --- |

            """
        );
        foreach (var contestant in comparison.Contestants)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {contestant.Name} | {contestant.Version} | {contestant.Kind} |\n"
            );

        text.Append("\n| universe | verdict | candidates |")
            .AppendJoin(" |", comparison.Contestants.Select(contestant => " " + contestant.Name))
            .Append(" |\n| --- | --- | --: |")
            .Insert(text.Length, " --: |", comparison.Contestants.Count)
            .Append('\n');
        foreach (var problem in comparison.Problems)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {problem.Name} | {(problem.Satisfiable ? "sat" : "unsat")} | {problem.Candidates:#,0} |"
            );
            foreach (var contestant in comparison.Contestants)
                text.Append(' ').Append(Cell(comparison[problem, contestant])).Append(" |");
            text.Append('\n');
        }

        text.Append(
            """

            ![Milliseconds of every contestant on every universe](performance-times.png)

            Times as multiples of Resolver's, over the universes that both answered. The middle half is the range between the quartiles of the universes:

            | contestant | universes | geometric mean | middle half | least | most |
            | --- | --: | --: | --: | --: | --: |

            """
        );
        foreach (var contestant in comparison.Contestants.Skip(1))
        {
            var ratios = comparison.Ratios(contestant).ToList();
            if (ratios.Count == 0)
                continue;
            var spread = Measurement.Of(true, ratios);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {contestant.Name} | {ratios.Count} of {comparison.Problems.Count} | "
                    + $"{Number(Comparison.GeometricMean(ratios))} | {Number(spread.Quarter)} to "
                    + $"{Number(spread.ThreeQuarters)} | {Number(ratios.Min())} | {Number(ratios.Max())} |\n"
            );
        }

        text.Append("\n![How many times as long as resolver](performance-ratios.png)\n");
    }

    private static void Append(StringBuilder text, List<Bootstrapping.Row> worlds)
    {
        if (worlds.Count == 0)
            return;
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            ## Build cycles

            Worlds in which every project is requested, and a source distribution needs other projects to be built, so that only wheels break the cycles. Random worlds of a fixed seed.

            - Resolver finds the best selection and proves it. {Bootstrapping.Version} is asked for any selection, with acyclic `#edge` and a heuristic that tries new versions first.
            - The first time is from the loaded world to the answer; the others are whole processes, reading included.

            | world | verdict | resolver | conflicts | resolver, process | clingo, process |
            | --- | --- | --: | --: | --: | --: |

            """
        );
        foreach (var (world, inside, ours, clingo, conflicts) in worlds)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {world} | {Verdict(ours)} | {Cell(inside)} | {conflicts:#,0} | {Cell(ours)} | {Cell(clingo)} |\n"
            );
    }

    private static string Verdict(Measurement measurement) =>
        measurement.Satisfiable switch
        {
            true => "sat",
            false => "unsat",
            null => "",
        };

    private static void Append(StringBuilder text, List<WholeProcess.Row> processes)
    {
        if (processes.Count == 0)
            return;
        text.Append(
            """

            ## From files to an answer

            Whole processes, from start to exit, with the same universes as wheels in a folder. The folder has what the roots reach; the files are in the system's cache.

            - `resolver plan -f`: the first run reads every wheel, later runs find them in the index.
            - `pip install --dry-run --no-index --find-links`: pip has no index of local files.

            | universe | wheels | resolver, first run | resolver | pip | times as long |
            | --- | --: | --: | --: | --: | --: |

            """
        );
        foreach (var row in processes)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Problem.Name} | {row.Wheels:#,0} | {Number(row.First)} | {Cell(row.Ours)} | {Cell(row.Pip)} "
                    + $"| {(row.Pip.Trouble is null ? Number(row.Pip.Median / row.Ours.Median) : "")} |\n"
            );
    }

    private static void Append(StringBuilder text, List<Archives.Row> archives)
    {
        if (archives.Count == 0)
            return;
        text.Append(
            """

            ## Archives

            Generated archives, half wheels and half sdists, at most 10,000 per folder. Three commands are measured: the first `resolver scan`, a second `resolver scan`, and `resolver plan` of three popular projects with the index of the scan.
            Whole processes: elapsed time, and in brackets the processor time of all cores. Memory is the peak resident size.

            | distributions | first scan | memory | index | next scan | memory | plan | memory |
            | --: | --: | --: | --: | --: | --: | --: | --: |

            """
        );
        foreach (var row in archives)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Distributions:#,0} | {Cell(row.Cold)} | {Archives.Mebibytes(row.Cold.PeakBytes)} | "
                    + $"{Archives.Mebibytes(row.IndexBytes)} |"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $" {Cell(row.Warm)} | {Archives.Mebibytes(row.Warm.PeakBytes)} | {Cell(row.Plan)} | "
                    + $"{Archives.Mebibytes(row.Plan.PeakBytes)} |\n"
            );
        }
    }

    private static void Append(StringBuilder text, List<Archives.Phase> phases)
    {
        if (phases.Count == 0)
            return;
        text.Append(
            """

            Results of `resolver bench` for one such archive: `scan` reads it without an index, `load` makes candidates; then one question per project is solved, and explained if it has no answer.

            | phase | samples | p50 | p95 | p99 | a second |
            | --- | --: | --: | --: | --: | --: |

            """
        );
        foreach (var phase in phases)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {phase.Name} | {phase.Samples:#,0} | {Number(phase.P50)} | {Number(phase.P95)} | "
                    + $"{Number(phase.P99)} | {phase.PerSecond:#,0} |\n"
            );
    }

    private static void Append(StringBuilder text, List<Growth.Row> growth)
    {
        if (growth.Count == 0)
            return;
        text.Append(
            """

            ## Growth

            Universes of one shape and growing size, with ten roots each if there are as many: times of `resolver solve` for loading and solving, and the effort of the search. Solve time grows with what the roots reach, not with the archive.

            | candidates | selected | load | solve | conflicts | decisions | memory of the search |
            | --: | --: | --: | --: | --: | --: | --: |

            """
        );
        foreach (var row in growth)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Candidates:#,0} | {row.Selected} | {Number(row.Load)} | {Number(row.Solve)} | "
                    + $"{row.Conflicts:#,0} | {row.Decisions:#,0} | {row.PeakBytes / 1024:#,0} KiB |\n"
            );
    }

    private static void Append(StringBuilder text, (string Heading, IReadOnlyList<string[]> Rows)? versions)
    {
        if (versions is not { } known)
            return;
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            ## Versions

            20,000 versions that are valid in both PEP 440 and SemVer 2, measured by `benchmarks/packaging/compare.py`: {known.Heading}; NuGet.Versioning. Nanoseconds per operation, the best of several rounds, and multiples of Resolver's time.

            | | resolver | packaging | times | NuGet.Versioning | times |
            | --- | --: | --: | --: | --: | --: |

            """
        );
        foreach (var row in known.Rows)
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
    }

    public static string Number(double value) =>
        value switch
        {
            < 0.1 => value.ToString("0.000", CultureInfo.InvariantCulture),
            < 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
            < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0", CultureInfo.InvariantCulture),
        };

    private static string Cell(Cost cost) => $"{Number(cost.Milliseconds)} ({Number(cost.ProcessorMilliseconds)})";

    private static string Cell(Measurement measurement) =>
        measurement.Trouble
        ?? (
            measurement.Samples < 2
                ? Number(measurement.Median)
                : $"{Number(measurement.Median)} ({Number(measurement.Quarter)} to {Number(measurement.ThreeQuarters)})"
        );
}
