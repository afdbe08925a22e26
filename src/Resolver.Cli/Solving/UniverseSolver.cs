using System.Diagnostics;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Proofs;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Cli.Solving;

/// <summary>Loads universe files, solves their questions, and times both.</summary>
internal sealed class UniverseSolver(ISolver solver, SolveSettings settings)
{
    // Long enough for the run-time to have compiled, and cached, what it will.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private int proofs;

    /// <summary>Loads a file.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    /// <exception cref="UniverseFormatException">It is no universe.</exception>
    public static LoadedUniverse Load(string file)
    {
        var bytes = InputFile.ReadBytes(file, Array.MaxLength);
        var start = Stopwatch.GetTimestamp();
        using var stream = new MemoryStream(bytes, writable: false);
        return new(UniverseFile.Read(stream, file), Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Answers one of its questions.</summary>
    /// <exception cref="UniverseFormatException">The question cannot be read.</exception>
    public SolvedQuery Solve(LoadedUniverse loaded, UniverseQuery query, CancellationToken cancellation)
    {
        var universe = loaded.Universe;
        var run = settings.Repeat is { } count
            ? Median(universe, query, count, cancellation)
            : Once(universe, query, cancellation);
        if (settings.Proof is { } proof && run.Outcome is not Outcome.GaveUp)
            WriteProof(universe, query, ++proofs == 1 ? proof : $"{proof}.{proofs}", run, cancellation);
        if (run.Outcome is Outcome.GaveUp { Limit: LimitReached.Cancelled })
            throw new OperationCanceledException(cancellation);
        var packages = run.Outcome is Outcome.Satisfiable satisfiable
            ? Packages(run.Problem, Judged(run.Problem, satisfiable.Selection))
            : [];
        return new SolvedQuery(
            query,
            run.Outcome,
            packages,
            loaded.Milliseconds,
            run.Encode,
            run.Solve,
            settings.Explain && run.Outcome is Outcome.Unsatisfiable ? Explain(universe, query, cancellation) : null,
            settings.Check ? Expectations.Differences(universe.Scheme, query.Expected, run.Outcome, packages) : null
        );
    }

    private Run Once(Universe universe, UniverseQuery query, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var problem = Problem(universe, query);
        var encoded = Stopwatch.GetTimestamp();
        var outcome = solver.Solve(problem.Problem, settings.Options, cancellation);
        var end = Stopwatch.GetTimestamp();
        return new Run(
            problem,
            outcome,
            Stopwatch.GetElapsedTime(start, encoded).TotalMilliseconds,
            Stopwatch.GetElapsedTime(encoded, end).TotalMilliseconds
        );
    }

    /// <summary>The run whose time is the median of the measured ones. Each starts from the loaded universe and keeps
    /// nothing of an earlier one.</summary>
    private Run Median(Universe universe, UniverseQuery query, int count, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            Once(universe, query, cancellation);
        } while (Stopwatch.GetElapsedTime(start) < WarmUp);

        var runs = Enumerable
            .Range(0, count)
            .Select(_ => Once(universe, query, cancellation))
            .OrderBy(run => run.Encode + run.Solve)
            .ToList();
        return runs[(count - 1) / 2];
    }

    private Explanation? Explain(Universe universe, UniverseQuery query, CancellationToken cancellation)
    {
        var problem = Problem(universe, query);
        return Explainer.Explain(
            problem.Problem,
            problem.Text,
            universe as ICandidateSource,
            settings.Limits,
            cancellation
        );
    }

    private void WriteProof(
        Universe universe,
        UniverseQuery query,
        string file,
        Run run,
        CancellationToken cancellation
    )
    {
        var problem = Problem(universe, query);
        Outcome proven;
        try
        {
            proven = AnswerProof.Write(problem.Problem, problem.Text, file, settings.Options, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputException.Unwritable(file, exception);
        }

        if (proven is Outcome.GaveUp)
            throw new CommandException(ExitCode.GaveUp, "gave up before the proof was complete");
        var same = (proven, run.Outcome) switch
        {
            (Outcome.Satisfiable one, Outcome.Satisfiable other) => Packages(problem, one.Selection)
                .SequenceEqual(Packages(run.Problem, other.Selection)),
            _ => proven.GetType() == run.Outcome.GetType(),
        };
        if (!same)
            throw new InvalidOperationException("the proof is of another answer");
    }

    private UniverseProblem Problem(Universe universe, UniverseQuery query) =>
        settings.Prerelease is { } mode && universe is CandidateUniverse candidates
            ? candidates.CreateProblem(query, mode)
            : universe.CreateProblem(query);

    /// <summary>The selection, once somebody who knows neither encoder nor solver has found nothing wrong with it.
    /// Not part of what is timed.</summary>
    private static Selection Judged(UniverseProblem problem, Selection selection)
    {
        SelectionChecker.Require(problem.Problem, selection);
        return selection;
    }

    private static List<KeyValuePair<string, string>> Packages(UniverseProblem problem, Selection selection) =>
        [
            .. selection
                .Order.Where(variable => !problem.Text.IsExtra(variable))
                .Select(variable =>
                    KeyValuePair.Create(
                        problem.Text.ProjectOf(variable),
                        problem.Text.VersionOf(variable, selection[variable])
                    )
                )
                .OrderBy(package => package.Key, StringComparer.Ordinal),
        ];

    private sealed record Run(UniverseProblem Problem, Outcome Outcome, double Encode, double Solve);
}

/// <summary>A universe and how long it took to load.</summary>
internal sealed record LoadedUniverse(Universe Universe, double Milliseconds);

/// <summary>How universes are solved, as requested on the command line.</summary>
/// <param name="Repeat">How many solves are measured after a warm-up; null: one, without.</param>
/// <param name="Prerelease">Null: what the file says, else the default.</param>
/// <param name="Proof">Where the proof of the first answer goes, its clauses beside it with the suffix <c>.cnf</c>;
/// those of further answers have <c>.2</c>, <c>.3</c> and so on behind the name. Null for none.</param>
internal sealed record SolveSettings(
    PlanLimits Limits,
    int? Repeat,
    bool Explain,
    bool Check,
    PrereleaseMode? Prerelease,
    string? Proof
)
{
    /// <summary>The limits as the engines understand them.</summary>
    public SolveOptions Options { get; } = new() { Deadline = Limits.Deadline, ConflictLimit = Limits.Conflicts };
}
