using System.CommandLine;
using Resolver.Cli.Benching;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;
using Resolver.Interpreters;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver bench</c>: how long scanning, loading, solving and ordering take, over an archive or universe
/// files.</summary>
internal sealed class BenchCommand : CommandDefinition
{
    private readonly Argument<string[]> files = new("PATH")
    {
        Description = "A universe file (.json, .json.gz), or a directory that is measured as an archive, as with -f.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> ask = new("--ask")
    {
        HelpName = "REQUIREMENT",
        Description = "Plan this requirement by itself. Repeatable. Default: every project of the archive.",
    };
    private readonly Option<int?> questions = new("--questions")
    {
        HelpName = "N",
        Description = "Plan at most N projects, evenly spread over their names.",
        DefaultValueFactory = _ => 200,
    };
    private readonly Option<int?> repeat = new("--repeat")
    {
        HelpName = "N",
        Description = "Measure everything N times.",
        DefaultValueFactory = _ => 11,
    };
    private readonly Option<string?> baseline = new("--baseline")
    {
        HelpName = "FILE",
        Description = "Compare with an earlier run, written with --format json.",
    };
    private readonly Option<string> python = new("--python")
    {
        HelpName = "EXE",
        Description = "Interpreter that defines the environment.",
        DefaultValueFactory = _ => "python3",
    };
    private readonly ArchiveOptions archive = new();
    private readonly LimitOptions limits = new();

    public BenchCommand()
        : base(
            "bench",
            "Measure scan, load, solve and order with an archive or universe files.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json, OutputFormat.Html)
        )
    {
        foreach (var option in new[] { questions, repeat })
            option.ReadWholeNumber(least: 1);
        files.RejectOptions();
        Command.Add(files);
        foreach (var option in new Option[] { ask, questions, repeat, baseline, python })
            Command.Add(option);
        Understand(archive, limits);
    }

    /// <summary>None: its results must not depend on where it runs.</summary>
    public override ConfigurationOptions? Configuration => null;

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Measure an archive, and keep the figures", "resolver bench -f archive/ --format json -o before.json"),
        new("Compare with earlier figures", "resolver bench -f archive/ --baseline before.json"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var limit = limits.Read(parsed);
        var earlier = parsed.GetValue(baseline) is { } file ? BenchBaseline.Read(file) : null;
        var rows = new List<BenchRow>();
        var named = parsed.GetValue(files)!;
        foreach (var universe in named.Where(each => !Directory.Exists(each)))
            Collect(context, rows, Universe(parsed, universe, limit, context.Interruption));
        IReadOnlyList<string> places = [.. archive.Directories(parsed), .. named.Where(Directory.Exists)];
        if (places.Count > 0)
        {
            var interpreter = await Interpreter.ProbeAsync(parsed.GetValue(python)!, [], context.Interruption);
            var bench = new ArchiveBench(interpreter, limits.Engine(parsed), limit, parsed.GetValue(repeat)!.Value);
            Collect(
                context,
                rows,
                bench.Run(
                    string.Join(' ', places),
                    places,
                    Asked(parsed),
                    parsed.GetValue(questions)!.Value,
                    archive.Scanning(parsed),
                    context.Interruption
                )
            );
        }

        if (rows.Count == 0)
            throw CommandException.Usage(
                "bench requires a universe file or an archive (-f)",
                "for example: resolver bench -f DIR"
            );
        var report = BenchReport.Of(rows);
        context.Write(
            context.Settings.Format switch
            {
                OutputFormat.Json => report.ToJson(earlier),
                OutputFormat.Html => BenchPlot.Of(report, earlier),
                _ => BenchText.Of(report, earlier, context.Paint, context.OutputWidth),
            }
        );
        return ExitCode.Done;
    }

    private IEnumerable<BenchRow> Universe(
        ParseResult parsed,
        string file,
        PlanLimits limit,
        CancellationToken interruption
    )
    {
        var options = new SolveOptions { Deadline = limit.Deadline, ConflictLimit = limit.Conflicts };
        return UniverseBench.Run(file, parsed.GetValue(repeat)!.Value, limits.Engine(parsed), options, interruption);
    }

    private List<Requirement> Asked(ParseResult parsed) =>
        [
            .. (parsed.GetValue(ask) ?? []).Select(text =>
                Requirement.TryParse(text) is { Success: true } read
                    ? read.Value
                    : throw CommandException.Usage($"--ask {text}: not a requirement")
            ),
        ];

    /// <summary>Large archives take long, so each row is shown as soon as it is known.</summary>
    private static void Collect(CommandContext context, List<BenchRow> rows, IEnumerable<BenchRow> measured)
    {
        foreach (var row in measured)
        {
            rows.Add(row);
            if (context.ShowsLiveProgress)
                context.Diagnostics.Note($"measured {row.Subject}: {row.Phase}");
        }
    }
}
