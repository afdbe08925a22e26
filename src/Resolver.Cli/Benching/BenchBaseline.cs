using System.Text.Json;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Benching;

/// <summary>The medians of an earlier run, to compare with (<c>--baseline</c>).</summary>
internal sealed class BenchBaseline
{
    private readonly Dictionary<(string Subject, string Phase), double> medians = [];

    /// <summary>Reads what <c>resolver bench --format json</c> wrote.</summary>
    /// <exception cref="CommandException">The file cannot be read, or is something else.</exception>
    public static BenchBaseline Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadBytes(file));
            if (document.RootElement.GetProperty("schema").GetString() != BenchReport.Schema)
                throw CommandException.BadInput($"--baseline {file}: this is no {BenchReport.Schema}");
            var baseline = new BenchBaseline();
            foreach (var row in document.RootElement.GetProperty("rows").EnumerateArray())
                baseline.medians[(row.GetProperty("subject").GetString()!, row.GetProperty("phase").GetString()!)] =
                    row.GetProperty("p50_ms").GetDouble();
            return baseline;
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw CommandException.BadInput(
                $"--baseline {file}: this is no {BenchReport.Schema}: {exception.Message}",
                "write one with 'resolver bench … --format json -o FILE'"
            );
        }
    }

    /// <summary>This median by the earlier one: below 1 is faster. Null where the earlier run has no such
    /// row.</summary>
    public double? Ratio(BenchRow row) =>
        medians.TryGetValue((row.Subject, row.Phase), out var earlier) && earlier > 0
            ? row.Percentile(50) / earlier
            : null;
}
