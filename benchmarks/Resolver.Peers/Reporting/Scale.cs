using System.Globalization;
using System.Text;

namespace Resolver.Peers.Reporting;

/// <summary><c>docs/scale.md</c>: what was measured at growing sizes, the straight lines through it, what they say of
/// one size more and what was measured there, and of a mirror of all of PyPI.</summary>
internal static class Scale
{
    /// <summary>A mirror of all of PyPI, as this project plans for it.</summary>
    private const double Projects = 600_000,
        Files = 15_000_000;

    // Assumptions that no archive of ours can tell; all that follows from them is in proportion.
    private const double MebibytesPerFile = 2,
        SdistShare = 1.0 / 3,
        DiskMebibytesPerSecond = 500;

    /// <summary>How one cost grows with the number of distributions: a constant, and so much for each.</summary>
    private readonly record struct Line(double Fixed, double Each)
    {
        public double At(double distributions) => Fixed + Each * distributions;

        /// <summary>Least squares, each size of equal weight: errors are relative ones.</summary>
        public static Line Through(IReadOnlyList<(double X, double Y)> points)
        {
            double weights = 0,
                x = 0,
                y = 0,
                xx = 0,
                xy = 0;
            foreach (var point in points)
            {
                var weight = 1 / (point.Y * point.Y);
                (weights, x, y, xx, xy) = (
                    weights + weight,
                    x + weight * point.X,
                    y + weight * point.Y,
                    xx + weight * point.X * point.X,
                    xy + weight * point.X * point.Y
                );
            }

            var each = Math.Max(0, (weights * xy - x * y) / (weights * xx - x * x));
            return new Line((y - each * x) / weights, each);
        }
    }

    /// <param name="Unit">Of what it returns.</param>
    private sealed record Quantity(string Name, string Unit, Func<Archives.Row, double> Of);

    private static readonly Quantity[] Quantities =
    [
        new("first scan, processor time", "s", row => row.Cold.ProcessorMilliseconds / 1000),
        new("first scan, memory", "MiB", row => row.Cold.PeakBytes / 1048576.0),
        new("index", "MiB", row => row.IndexBytes / 1048576.0),
        new("next scan, processor time", "s", row => row.Warm.ProcessorMilliseconds / 1000),
        new("next scan, memory", "MiB", row => row.Warm.PeakBytes / 1048576.0),
        new("plan, processor time", "s", row => row.Plan.ProcessorMilliseconds / 1000),
        new("plan, memory", "MiB", row => row.Plan.PeakBytes / 1048576.0),
    ];

    /// <param name="rows">Growing sizes; the last one checks the lines through the others.</param>
    /// <param name="wheel">Processor seconds for a mebibyte of a wheel, which is hashed.</param>
    /// <param name="sdist">The same for an sdist, which is decompressed as well.</param>
    public static string Of(IReadOnlyList<Archives.Row> rows, double wheel, double sdist, string load)
    {
        var text = new StringBuilder();
        var (known, check) = (rows.Take(rows.Count - 1).ToList(), rows[^1]);
        var lines = Quantities
            .Select(quantity => Line.Through([.. known.Select(row => ((double)row.Distributions, quantity.Of(row)))]))
            .ToList();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            # Scale

            What a mirror of all of PyPI would need: {Projects / 1000:0} thousand projects, {Files
                / 1_000_000:0} million files. Derived from growth that was measured, and checked where it still can be.
            Made by `benchmarks/scale/measure` on {DateTime.UtcNow:yyyy-MM-dd} of commit {Machine.Commit}; every figure on this page comes from that run. Machine: {Machine.Description()}; load {load}.
            'Large batches' names its own run.

            ## Measured

            Generated archives of one shape, half wheels and half sdists of a few hundred bytes of metadata, at most 10,000 files a folder, in the system's cache. `resolver scan` of files nothing is known of, `resolver scan` again, and
            `resolver plan` of three popular projects from the index. Processor time of all cores, user and system, whole processes: it means the same on a busy machine. Memory is the most that was resident.

            | distributions | first scan | memory | index | next scan | memory | plan | memory |
            | --: | --: | --: | --: | --: | --: | --: | --: |

            """
        );
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Distributions:#,0} |")
                .AppendJoin(" |", Quantities.Select(quantity => " " + Text(quantity, quantity.Of(row))))
                .Append(" |\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            What lies in the files costs by its size, apart from that: {Number(
                1000 * wheel
            )} ms of processor time a mebibyte of a wheel, which is hashed, and {Number(
                1000 * sdist
            )} ms a mebibyte of an sdist, which is decompressed and hashed (files of
            16 MiB that do not compress).

            ## The model, and its check at {Number(check.Distributions / 1e6)} million

            A constant and so much for each distribution, by least squares of relative errors over all sizes but the largest. The largest is the simulation: it was measured, and takes no part in the lines.

            | | constant | a thousand distributions | says of {check.Distributions:#,0} | measured | off by |
            | --- | --: | --: | --: | --: | --: |

            """
        );
        foreach (var (quantity, line) in Quantities.Zip(lines))
        {
            var (said, measured) = (line.At(check.Distributions), quantity.Of(check));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {quantity.Name} | {Text(quantity, line.Fixed)} | {Text(quantity, 1000 * line.Each)} | "
                    + $"{Text(quantity, said)} | {Text(quantity, measured)} | "
                    + $"{100 * (said - measured) / measured:+0;-0;0} % |\n"
            );
        }

        // From here on the largest size counts as well.
        var all = Quantities
            .Select(quantity => Line.Through([.. rows.Select(row => ((double)row.Distributions, quantity.Of(row)))]))
            .ToList();
        var bytes = Files * MebibytesPerFile;
        var content = bytes * (SdistShare * sdist + (1 - SdistShare) * wheel);
        var entries = all[0].At(Files);
        var reading = bytes / DiskMebibytesPerSecond;
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            Memory is no line: what a scan holds at a time is bounded (batches of files, and a store of which the rest is put aside on the disk), and only some bytes of each file stay. A line through small sizes, at which the bounds are
            not reached, says too much; so does the one below for a mirror.

            ## All of PyPI

            The same lines through all sizes, at {Files:#,0} files. Two things no generated archive tells, so they are assumed and everything below is in proportion to them: {MebibytesPerFile:0} MiB a file on average
            ({bytes
                / 1048576:0} TiB in all), one file in three an sdist. And a disk that gives {DiskMebibytesPerSecond:0} MiB a second.

            | what | needs |
            | --- | --: |
            | first scan: reading the bytes from the disk | {Duration(reading)} |
            | first scan: hashing and decompressing them, processor time | {Duration(content)} |
            | first scan: finding, opening and parsing {Files / 1_000_000:0} million files, processor time | {Duration(
                entries
            )} |
            | first scan, memory | {Size(all[1].At(Files))} |
            | index | {Size(all[2].At(Files))} |
            | next scan, which checks every file, processor time | {Duration(all[3].At(Files))} |
            | next scan, memory | {Size(all[4].At(Files))} |
            | plan, processor time | {Duration(all[5].At(Files))} |
            | plan, memory | {Size(all[6].At(Files))} |

            Processor time is divided by the cores that read side by side; the disk is not.

            **The first bottleneck is {Bottleneck(
                reading,
                content / Environment.ProcessorCount,
                entries / Environment.ProcessorCount
            )}.** It is paid once: a file that does not change is not read again.
            {Memory(Math.Max(all[1].Each, all[4].Each))}
            A plan looks at each folder and at the projects that it reaches, and not at the files of the rest; how much a question reaches is a matter of the question ([performance.md](performance.md), 'Growth').

            ## What the model leaves out

            - Real metadata is longer than generated metadata: requirements of large projects run to hundreds of lines. Index and parsing grow with it, a plan with the projects it reaches.
            - {Files
                / Projects:0} files a project on average, but some projects have thousands: a plan that reaches one loads all its files' metadata.
            - Folders of more than 10,000 files cost a plan nothing while they do not change, and are listed as a whole when they do.
            - A disk that seeks, or a file system over a network, costs by the file and not by the byte.

            """
        );
        return text.ToString();
    }

    /// <summary>A scan that does not fit into memory never ends, however much time there is.</summary>
    private static string Memory(double mebibytesEach) =>
        Machine.Mebibytes / mebibytesEach is var most && most < Files
            ? $"Memory ends the scan of a machine with too little memory before that: {Size(Machine.Mebibytes)}, as "
                + $"here, are enough for {Number(most / 1e6)} million files."
            : $"Memory is no bottleneck: {Size(Machine.Mebibytes)}, as here, are enough.";

    private static string Bottleneck(double reading, double content, double entries) =>
        reading >= content && reading >= entries
            ? "the disk: reading every byte once, for hashes and for what sdists say"
        : content >= entries ? "decompressing and hashing what the files hold, in the first scan"
        : "opening and parsing so many files, in the first scan";

    private static string Text(Quantity quantity, double value) => quantity.Unit == "s" ? Duration(value) : Size(value);

    public static string Size(double mebibytes) =>
        mebibytes switch
        {
            < 0.1 => $"{1024 * mebibytes:0.0} KiB",
            < 1024 => $"{Number(mebibytes)} MiB",
            _ => $"{Number(mebibytes / 1024)} GiB",
        };

    public static string Duration(double seconds) =>
        seconds switch
        {
            < 1 => $"{Number(1000 * seconds)} ms",
            < 120 => $"{Number(seconds)} s",
            < 7200 => $"{Number(seconds / 60)} min",
            _ => $"{Number(seconds / 3600)} h",
        };

    public static string Number(double value) =>
        Math.Abs(value) switch
        {
            < 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
            < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0", CultureInfo.InvariantCulture),
        };
}
