using System.CommandLine;
using System.Text;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Solutions;
using Resolver.Cli.Solving;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Solving;
using Resolver.Sat.Z3;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver solve</c>: the engine on portable problem files.</summary>
internal sealed class SolveCommand : CommandDefinition
{
    private readonly Argument<string[]> files = new("UNIVERSE")
    {
        Description = "A universe file (.json, .json.gz).",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> check = new("--check")
    {
        Description = "Compare with the results that the files expect; exit code 1 if one differs.",
    };
    private readonly Option<int?> repeat = new("--repeat")
    {
        HelpName = "N",
        Description = "Measure N solves after half a second of warm-up, and show the median.",
    };
    private readonly Option<bool> explain = new("--explain") { Description = "Explain why no solution exists." };
    private readonly ProofOption proof = new();
    private readonly PrereleaseOption prerelease = new();
    private readonly LimitOptions limits = new();

    public SolveCommand()
        : base(
            "solve",
            "Solve universe files: benchmarks, bug reports, other ecosystems.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        )
    {
        files.RejectOptions();
        repeat.ReadWholeNumber(least: 1);
        Command.Add(files);
        Command.Add(check);
        Command.Add(repeat);
        Command.Add(explain);
        Understand(proof, prerelease, limits);
    }

    /// <summary>None: its results must not depend on where it runs.</summary>
    public override ConfigurationOptions? Configuration => null;

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Solve a universe", "resolver solve universe.json"),
        new("Compare with the results that files expect", "resolver solve --check universes/*.json.gz"),
        new("Prove the answer", "resolver solve universe.json --proof answer.drat"),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var settings = new SolveSettings(
            limits.Read(parsed),
            parsed.GetValue(repeat),
            parsed.GetValue(explain),
            parsed.GetValue(check),
            prerelease.Given(parsed),
            proof.Read(parsed)
        );
        var universes = new UniverseSolver(limits.Engine(parsed), settings);
        var statistics = limits.Statistics(parsed);
        var collected = new StringBuilder();
        var verdicts = new Verdicts(settings.Check);
        foreach (var file in parsed.GetValue(files)!)
        {
            if (Attempt(file, () => UniverseSolver.Load(file)) is not { } universe)
                continue;
            foreach (var query in universe.Universe.Queries)
            {
                if (Attempt(query.Name, () => universes.Solve(universe, query, context.Interruption)) is not { } solved)
                    continue;
                verdicts.Add(solved);
                context.WritePart(
                    collected,
                    context.Settings.Format == OutputFormat.Json
                        ? SolutionJson.Line(solved)
                        : SolutionText.Of(solved, statistics, context.Paint)
                );
            }
        }

        if (context.Settings.File is not null)
            context.Write(collected.ToString());
        return Task.FromResult(verdicts.ExitCode);

        // What fails does not keep the others from being answered, unless the user interrupts.
        T? Attempt<T>(string name, Func<T> part)
            where T : class
        {
            try
            {
                return part();
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or Z3NotAvailableException))
            {
                var failure = RunFailure.Of(exception, interrupted: false);
                if (failure.ExitCode == ExitCode.Fault)
                    failure = failure with { Message = $"{name}: {failure.Message}" };
                verdicts.Add(failure.Report(context.Diagnostics, context.Settings.Verbose));
                return null;
            }
        }
    }

    /// <summary>The exit code of all answers together: the most severe one.</summary>
    private sealed class Verdicts(bool check)
    {
        /// <summary>From the most severe to the mildest.</summary>
        private static readonly int[] Gravity =
        [
            Terminal.ExitCode.Fault,
            Terminal.ExitCode.BadInput,
            Terminal.ExitCode.Usage,
            Terminal.ExitCode.GaveUp,
            Terminal.ExitCode.Impossible,
        ];

        private readonly HashSet<int> codes = [];

        public int ExitCode => Gravity.FirstOrDefault(codes.Contains, Terminal.ExitCode.Done);

        public void Add(SolvedQuery solved)
        {
            if (solved.Outcome is Outcome.GaveUp)
                codes.Add(Terminal.ExitCode.GaveUp);
            else if (check ? solved.Differences is { Count: > 0 } : solved.Outcome is Outcome.Unsatisfiable)
                codes.Add(Terminal.ExitCode.Impossible);
        }

        public void Add(int exitCode) => codes.Add(exitCode);
    }
}
