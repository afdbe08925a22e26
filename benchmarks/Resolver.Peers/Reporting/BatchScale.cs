using System.Globalization;
using System.Text;
using Resolver.Peers.Contestants;

namespace Resolver.Peers.Reporting;

/// <summary>The last part of <c>docs/scale.md</c>: batches of growing size. It names its own run, so that it can be
/// measured alone.</summary>
internal static class BatchScale
{
    private const string Heading = "## Large batches";

    /// <summary>Puts the part in place of the one that the page ends with, or at its end.</summary>
    public static void Write(string page, IReadOnlyList<Batches.Row> rows, string load)
    {
        var before = File.ReadAllText(page).Split('\n').TakeWhile(line => line != Heading);
        File.WriteAllText(page, $"{string.Join('\n', before).TrimEnd()}\n\n{Of(rows, load)}");
    }

    private static string Of(IReadOnlyList<Batches.Row> rows, string load)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            {Heading}

            Made by `benchmarks/scale/measure --only batches` on {DateTime.UtcNow:yyyy-MM-dd} of commit {Machine.Commit}; every figure of this part comes from that run. Machine: {Machine.Description()}; load {load}.
            Generated archives as above, some ten versions a project, as one batch: every file is asked for, and only one version of each project can be had. Requirements of the newest versions exclude each other often, so that it has to be found out what
            to leave out, and of each file why. `resolver order --keep-going` orders as many projects as possible; `resolver missing --batch` finds what to add, and what no addition makes possible. The files are known from a scan; costs are measured as above.

            | distributions | `order --keep-going` | memory | `missing --batch` | memory |
            | --: | --: | --: | --: | --: |

            """
        );
        foreach (var row in rows)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Distributions:#,0} | {Told(row.Order)} | {Told(row.Missing)} |\n"
            );
        var (first, last) = (rows[0], rows[^1]);
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            {Scale.Number(
                (double)last.Distributions / first.Distributions
            )} times as many distributions take `order` {Times(first.Order, last.Order)} and `missing` {Times(
                first.Missing,
                last.Missing
            )} times the processor time. The search for a larger selection ends after a number of choices, and not of seconds, so a batch has
            the same answer on every machine; beyond some thousand distributions with conflicts like these `order` says how many more there could be at most. The largest batch here takes `order` {Each(
                last.Order,
                last
            )} and `missing` {Each(
                last.Missing,
                last
            )} of memory a distribution, all that the program itself needs included.

            """
        );
        return text.ToString();
    }

    private static string Told(Cost cost) =>
        $"{Scale.Duration(cost.ProcessorMilliseconds / 1000)} | {Scale.Size(cost.PeakBytes / 1048576.0)}";

    private static string Times(Cost first, Cost last) =>
        Scale.Number(last.ProcessorMilliseconds / first.ProcessorMilliseconds);

    private static string Each(Cost cost, Batches.Row row) =>
        Scale.Size(cost.PeakBytes / 1048576.0 / row.Distributions);
}
