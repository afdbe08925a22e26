using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Resolver.Peers.Contestants;

namespace Resolver.Peers.Reporting;

/// <summary><c>docs/performance.md</c>, made from measurements and from nothing else.</summary>
internal static class Report
{
    public static string Of(Comparison comparison, IReadOnlyList<WholeProcess.Row> processes, IReadOnlyList<Growth.Row> growth)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Performance

            Made by `dotnet run -c Release --project benchmarks/Resolver.Peers -- docs` on {DateTime.UtcNow:yyyy-MM-dd}; every figure on this page comes from that run. Machine: {Machine()}.
            Times are milliseconds. Machines are noisy, so compare within a table, not with another day's.

            ## The same problems, solved by us and by others

            Every contestant gets the same universes in the same run, one after another, each in a process of its own. Those in Python and ours are timed inside it, after warm-up, from the problem in memory to the
            answer; SAT solvers as whole processes. Only ours shows that its answer is the best one (newest first, in the order of discovery) and not just some answer. All verdicts agreed with the expected ones,
            and every selection of a Python peer was checked. The median is given, and in brackets the middle half of all samples.

            | contestant | version | its time covers |
            | --- | --- | --- |

            """);
        foreach (var contestant in comparison.Contestants)
            text.Append(CultureInfo.InvariantCulture, $"| {contestant.Name} | {contestant.Version} | {contestant.Kind} |\n");

        text.Append("\n| universe | verdict | candidates |").AppendJoin(" |", comparison.Contestants.Select(contestant => " " + contestant.Name)).Append(" |\n| --- | --- | --: |").Insert(text.Length, " --: |", comparison.Contestants.Count).Append('\n');
        foreach (var problem in comparison.Problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {problem.Name} | {(problem.Satisfiable ? "sat" : "unsat")} | {problem.Candidates:#,0} |");
            foreach (var contestant in comparison.Contestants)
                text.Append(' ').Append(Cell(comparison[problem, contestant])).Append(" |");
            text.Append('\n');
        }

        text.Append("\n![Milliseconds of every contestant on every universe](performance-times.png)\n\nHow many times as long as ours, over the universes that both answered:\n\n| contestant | universes | geometric mean | least | most |\n| --- | --: | --: | --: | --: |\n");
        foreach (var contestant in comparison.Contestants.Skip(1))
        {
            var ratios = comparison.Ratios(contestant).ToList();
            if (ratios.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"| {contestant.Name} | {ratios.Count} of {comparison.Problems.Count} | {Number(Comparison.GeometricMean(ratios))} | {Number(ratios.Min())} | {Number(ratios.Max())} |\n");
        }

        text.Append("\n![How many times as long as resolver](performance-ratios.png)\n");
        Append(text, processes);
        Append(text, growth);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<WholeProcess.Row> processes)
    {
        if (processes.Count == 0)
            return;
        text.Append("""

            ## From files to a plan

            Whole processes, from start to exit, over a generated archive of wheels that lies in the file cache: `resolver plan -f`, and `pip install --dry-run --no-index --find-links`, for the same three projects.

            | distributions | resolver | pip | times as long |
            | --: | --: | --: | --: |

            """);
        foreach (var row in processes)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Distributions:#,0} | {Cell(row.Ours)} | {Cell(row.Pip)} | {(row.Pip.Trouble is null ? Number(row.Pip.Median / row.Ours.Median) : "")} |\n");
    }

    private static void Append(StringBuilder text, IReadOnlyList<Growth.Row> growth)
    {
        text.Append("""

            ## Growth

            Our own program on universes of one shape and growing size, twenty roots each: what `resolver bench` says of loading and solving, and what the search did. Solving grows with what the roots reach, not with the archive.

            | candidates | selected | load | solve | conflicts | decisions | memory of the search |
            | --: | --: | --: | --: | --: | --: | --: |

            """);
        foreach (var row in growth)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Candidates:#,0} | {row.Selected} | {Number(row.Load)} | {Number(row.Solve)} | {row.Conflicts:#,0} | {row.Decisions:#,0} | {row.PeakBytes / 1024:#,0} KiB |\n");
    }

    public static string Number(double value) => value switch
    {
        < 0.1 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    private static string Cell(Measurement measurement) => measurement.Trouble ?? (measurement.Samples < 2
        ? Number(measurement.Median)
        : $"{Number(measurement.Median)} ({Number(measurement.Quarter)} to {Number(measurement.ThreeQuarters)})");

    private static string Machine()
    {
        var processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        var system = File.Exists("/etc/os-release") ? File.ReadLines("/etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?.Split('"')[1] : null;
        return $"{system ?? RuntimeInformation.OSDescription}, {processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, .NET {Environment.Version}";
    }
}
