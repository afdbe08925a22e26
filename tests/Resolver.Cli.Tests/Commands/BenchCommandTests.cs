using System.Text.Json;
using System.Text.Json.Nodes;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Contract, "Commands": <c>bench</c>. Its figures differ from run to run; that they are there, and
/// consistent, does not.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private const string Universe = """
        { "name": "small", "scheme": "number", "root": ["app [0, )"],
          "packages": { "app": [ { "version": "1", "requires": ["lib [1, 2]"] } ], "lib": [ { "version": "1" }, { "version": "2" }, { "version": "3" } ] },
          "expected": { "satisfiable": true } }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_universe_is_loaded_and_solved_as_often_as_asked()
    {
        var run = Invocation.Of("bench", folder.Write("small.json", Universe), "--repeat", "3", "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("resolver.bench/1", report.GetProperty("schema").GetString());
        Assert.True(report.GetProperty("peak_bytes").GetInt64() > 0);
        var rows = report.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["load", "solve"], rows.Select(row => row.GetProperty("phase").GetString()!));
        Assert.All(
            rows,
            row =>
            {
                Assert.Equal("small", row.GetProperty("subject").GetString());
                Assert.Equal(3, row.GetProperty("samples").GetInt32());
                var (p50, p95, p99) = (
                    row.GetProperty("p50_ms").GetDouble(),
                    row.GetProperty("p95_ms").GetDouble(),
                    row.GetProperty("p99_ms").GetDouble()
                );
                Assert.True(p50 >= 0 && p50 <= p95 && p95 <= p99);
            }
        );
        Assert.Equal(4, rows[0].GetProperty("items").GetInt32());
        Assert.Equal(0, rows[1].GetProperty("conflicts").GetInt32());
    }

    [Fact]
    public void An_archive_is_scanned_and_every_project_planned()
    {
        PythonOnPath.Need();

        var run = Invocation.Of("bench", "-f", Repository.Quickstart("archive"), "--repeat", "2", "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var rows = JsonDocument
            .Parse(run.Output)
            .RootElement.GetProperty("rows")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("phase").GetString()!);
        Assert.Equal(2, rows["scan"].GetProperty("samples").GetInt32());
        Assert.Equal(rows["scan"].GetProperty("items").GetInt32(), rows["load"].GetProperty("items").GetInt32());
        // Five projects, each asked for by itself, twice.
        Assert.Equal(10, rows["solve"].GetProperty("samples").GetInt32());
        Assert.Equal(10, rows["order"].GetProperty("samples").GetInt32());
        Assert.DoesNotContain("explain", rows.Keys);
    }

    [Fact]
    public void A_question_without_a_plan_is_explained()
    {
        PythonOnPath.Need();

        var run = Invocation.Of(
            "bench",
            "-f",
            Repository.Quickstart("impossible"),
            "--ask",
            "letters==1.1",
            "--repeat",
            "2",
            "--format",
            "json"
        );

        Assert.Equal(
            ["scan", "load", "solve", "explain"],
            JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("rows")
                .EnumerateArray()
                .Select(row => row.GetProperty("phase").GetString()!)
        );
    }

    [Fact]
    public void A_run_is_compared_with_the_medians_of_an_earlier_one()
    {
        var universe = folder.Write("small.json", Universe);
        var file = folder["earlier.json"];
        Assert.Equal(ExitCode.Done, Invocation.Of("bench", universe, "--repeat", "1", "-o", file).ExitCode);
        // A thousand times slower then: whatever the noise, this run is faster.
        var earlier = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var row in earlier["rows"]!.AsArray())
            row!["p50_ms"] = 1000 * (double)row["p50_ms"]! + 1000;
        ((JsonArray)earlier["rows"]!).RemoveAt(0);
        File.WriteAllText(file, earlier.ToJsonString());

        var run = Invocation.Of("bench", universe, "--repeat", "1", "--baseline", file, "--format", "json");
        var table = Invocation.Of("bench", universe, "--repeat", "1", "--baseline", file);

        var rows = JsonDocument.Parse(run.Output).RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.False(rows[0].TryGetProperty("ratio", out _));
        Assert.InRange(rows[1].GetProperty("ratio").GetDouble(), 0, 0.9);
        Assert.Contains("baseline", table.Output, StringComparison.Ordinal);
        Assert.Contains("new", table.Output, StringComparison.Ordinal);
        Assert.Contains("x 0.", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_needs_nothing_from_elsewhere_and_shows_every_row()
    {
        var hostile = Universe.Replace("\"small\"", "\"<script>alert(1)</script>\"", StringComparison.Ordinal);

        var run = Invocation.Of("bench", folder.Write("small.json", hostile), "--repeat", "1", "--format", "html");

        Assert.StartsWith("<!doctype html>", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split("class=\"bar\"").Length - 1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"schema":"resolver.plan/1","rows":[]}""")]
    public void An_invalid_baseline_is_exit_3_and_named(string content)
    {
        var file = folder.Write("earlier.json", content);

        var run = Invocation.Of("bench", folder.Write("small.json", Universe), "--baseline", file);

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_wrong_answer_is_not_timed()
    {
        var run = Invocation.Of(
            "bench",
            folder.Write(
                "small.json",
                Universe.Replace("\"satisfiable\": true", "\"satisfiable\": false", StringComparison.Ordinal)
            )
        );

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("small", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_measured_is_exit_3()
    {
        Assert.Equal(ExitCode.BadInput, Invocation.Of("bench", folder["absent.json"]).ExitCode);
        Assert.Equal(ExitCode.BadInput, Invocation.Of("bench", folder.Write("bad.json", "[1]")).ExitCode);
    }

    [Fact]
    public void An_archive_without_distributions_can_be_ordered_and_measured()
    {
        PythonOnPath.Need();
        Directory.CreateDirectory(folder["empty"]);

        Assert.Equal(ExitCode.Done, Invocation.Of("order", folder["empty"]).ExitCode);
        Assert.Equal(ExitCode.Done, Invocation.Of("bench", folder["empty"], "--repeat", "1").ExitCode);
        var run = Invocation.Of("bench", "-f", folder["empty"], "--repeat", "1", "--format", "json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(
            JsonDocument.Parse(run.Output).RootElement.GetProperty("rows").EnumerateArray(),
            row => Assert.Equal(0, row.GetProperty("items").GetInt32())
        );
    }
}
