using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Cli.Benching;

/// <summary>Times a universe file: from bytes to typed requirements, and from there to the proven answer of each of
/// its questions.</summary>
internal static class UniverseBench
{
    /// <param name="repeat">How many samples are taken of each.</param>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    /// <exception cref="UniverseFormatException">It is no universe.</exception>
    public static IEnumerable<BenchRow> Run(
        string file,
        int repeat,
        ISolver solver,
        SolveOptions options,
        CancellationToken cancellation
    )
    {
        var bytes = InputFile.ReadBytes(file, Array.MaxLength);
        var universe = Load();
        // What is wrong is not worth timing.
        foreach (var query in universe.Queries)
            Verify(universe, query, solver, options, cancellation);

        var load = new Sampling();
        for (var i = 0; i < repeat; i++)
            load.Take(Load, cancellation);
        yield return load.Row(universe.Name, "load", universe.CandidateCount)!;

        var solve = new Sampling();
        foreach (var query in universe.Queries)
        {
            // Many questions warm each other up.
            if (universe.Queries.Count == 1)
                Sampling.Warm(() => Solve(query), cancellation);
            Outcome outcome = null!;
            for (var i = 0; i < repeat; i++)
                outcome = solve.Take(() => Solve(query), cancellation);
            solve.Count(
                new SearchWork(
                    outcome.Statistics.Decisions,
                    outcome.Statistics.Conflicts,
                    outcome.Statistics.Propagations
                )
            );
        }

        yield return solve.Row(universe.Name, "solve", 1)!;

        Universe Load()
        {
            using var stream = new MemoryStream(bytes, writable: false);
            return UniverseFile.Read(stream, file);
        }

        Outcome Solve(UniverseQuery query) =>
            solver.Solve(universe.CreateProblem(query).Problem, options, cancellation);
    }

    private static void Verify(
        Universe universe,
        UniverseQuery query,
        ISolver solver,
        SolveOptions options,
        CancellationToken cancellation
    )
    {
        var problem = universe.CreateProblem(query).Problem;
        var outcome = solver.Solve(problem, options, cancellation);
        if (outcome is Outcome.GaveUp)
            throw new CommandException(
                ExitCode.GaveUp,
                $"{query.Name}: gave up within the limit set; there is nothing to time"
            );
        if (query.Expected?.Satisfiable is { } expected && expected != outcome is Outcome.Satisfiable)
            throw CommandException.BadInput(
                $"{query.Name}: the file expects another verdict; a wrong answer is not worth timing",
                "'resolver solve --check' says more"
            );
        if (outcome is Outcome.Satisfiable satisfiable)
            SelectionChecker.Require(problem, satisfiable.Selection);
    }
}
