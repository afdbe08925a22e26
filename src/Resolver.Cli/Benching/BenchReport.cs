using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Benching;

/// <summary>All rows of a run, and what they ran on.</summary>
/// <param name="PeakBytes">The most memory the process had at any time.</param>
internal sealed record BenchReport(
    string Machine,
    string Program,
    string When,
    long PeakBytes,
    IReadOnlyList<BenchRow> Rows
)
{
    public const string Schema = "resolver.bench/1";

    /// <summary>A report of this process, now.</summary>
    public static BenchReport Of(IReadOnlyList<BenchRow> rows)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new BenchReport(
            $"{RuntimeInformation.OSDescription.Trim()}, "
                + $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, "
                + $"{Count.Of(Environment.ProcessorCount, "core")}",
            $"resolver {ProgramVersion.Text}, {(System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported ? RuntimeInformation.FrameworkDescription : "native")}",
            DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            process.PeakWorkingSet64,
            rows
        );
    }

    /// <summary>The report as a document.</summary>
    public string ToJson(BenchBaseline? baseline) =>
        JsonText.Of(
            indented: true,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("schema", Schema);
                writer.WriteString("machine", Machine);
                writer.WriteString("program", Program);
                writer.WriteString("date", When);
                writer.WriteNumber("peak_bytes", PeakBytes);
                writer.WriteStartArray("rows");
                foreach (var row in Rows)
                    Write(writer, row, baseline?.Ratio(row));
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter writer, BenchRow row, double? ratio)
    {
        writer.WriteStartObject();
        writer.WriteString("subject", row.Subject);
        writer.WriteString("phase", row.Phase);
        writer.WriteNumber("items", row.Items);
        writer.WriteNumber("samples", row.Milliseconds.Count);
        foreach (var percent in new[] { 50, 95, 99 })
            writer.WriteNumber($"p{percent}_ms", Math.Round((decimal)row.Percentile(percent), 4));
        writer.WriteNumber("per_second", Math.Round((decimal)row.PerSecond, 1));
        writer.WriteNumber("allocated_bytes", row.AllocatedBytes);
        if (row.Work is { } work)
        {
            writer.WriteNumber("decisions", work.Decisions);
            writer.WriteNumber("conflicts", work.Conflicts);
            writer.WriteNumber("propagations", work.Propagations);
        }

        if (ratio is { } known)
            writer.WriteNumber("ratio", Math.Round((decimal)known, 3));
        writer.WriteEndObject();
    }
}
