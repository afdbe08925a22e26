using System.CommandLine;
using System.Globalization;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Solutions;
using Resolver.Cli.Solving;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

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
    private readonly Option<string?> proof = new("--proof")
    {
        HelpName = "FILE",
        Description = "Write a DRAT proof that no solution exists, and the refuted clauses to FILE.cnf.",
    };
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
        repeat.ReadNumber(
            text =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
                    ? count
                    : null,
            "N is a whole number, at least 1"
        );
        Command.Add(files);
        Command.Add(check);
        Command.Add(repeat);
        Command.Add(explain);
        proof.RejectOptions();
        Command.Add(proof);
        Understand(prerelease, limits);
    }

    /// <summary>None: its results must not depend on where it runs.</summary>
    public override ConfigurationOptions? Configuration => null;

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Solve a universe", "resolver solve universe.json"),
        new("Compare with the results that files expect", "resolver solve --check universes/*.json.gz"),
        new("Prove that no solution exists", "resolver solve no.json --proof no.drat"),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var settings = new SolveSettings(
            limits.Read(parsed),
            parsed.GetValue(repeat),
            parsed.GetValue(explain),
            parsed.GetValue(check),
            prerelease.Given(parsed),
            parsed.GetValue(proof)
        );
        var universes = new UniverseSolver(limits.Engine(parsed), settings);
        var statistics = limits.Statistics(parsed);
        var collected = new StringBuilder();
        var verdicts = new Verdicts(settings.Check);
        foreach (var file in parsed.GetValue(files)!)
        {
            try
            {
                foreach (var solved in universes.Solve(file, context.Interruption))
                {
                    verdicts.Add(solved);
                    context.WritePart(
                        collected,
                        context.Settings.Format == OutputFormat.Json
                            ? SolutionJson.Line(solved)
                            : SolutionText.Of(solved, statistics, context.Paint)
                    );
                }
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException or UniverseFormatException)
            {
                // The others are solved all the same.
                verdicts.Unreadable = true;
                context.Diagnostics.Error(
                    exception is UniverseFormatException
                        ? exception.Message
                        : InputException.Unreadable(file, exception).Message
                );
            }
        }

        if (context.Settings.File is not null)
            context.Write(collected.ToString());
        return Task.FromResult(verdicts.ExitCode);
    }

    /// <summary>What all answers together mean: the gravest wins.</summary>
    private sealed class Verdicts(bool check)
    {
        private bool gaveUp;
        private bool wrong;

        public bool Unreadable { get; set; }

        public int ExitCode =>
            Unreadable ? Terminal.ExitCode.BadInput
            : gaveUp ? Terminal.ExitCode.GaveUp
            : wrong ? Terminal.ExitCode.Impossible
            : Terminal.ExitCode.Done;

        public void Add(SolvedQuery solved)
        {
            gaveUp |= solved.Outcome is Outcome.GaveUp;
            wrong |= check ? solved.Differences is { Count: > 0 } : solved.Outcome is Outcome.Unsatisfiable;
        }
    }
}
