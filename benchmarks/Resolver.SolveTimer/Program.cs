using System.Diagnostics;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

// usage: Resolver.SolveTimer [--repeat N] UNIVERSE...
//        Resolver.SolveTimer --write-binary DIR UNIVERSE...   writes each as DIR/NAME.universe instead
// One line a file: verdict, first solve of the process, median, least and mean processor time of N solves (all
// queries of the file together), load time, counts.
var repeat = 15;
string? binaryFolder = null;
var paths = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--repeat")
        repeat = int.Parse(args[++i]);
    else if (args[i] == "--write-binary")
        binaryFolder = args[++i];
    else
        paths.Add(args[i]);
}

foreach (var path in paths)
{
    var clock = Stopwatch.StartNew();
    var busy = Environment.CpuUsage.TotalTime;
    var universe = UniverseFile.Read(path);
    var load = clock.Elapsed.TotalMilliseconds;
    var loadBusy = (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds;
    if (binaryFolder is not null)
    {
        using var binary = File.Create(Path.Combine(binaryFolder, universe.Name + ".universe"));
        UniverseFile.WriteBinary(universe, binary);
        continue;
    }

    var solver = new DomainSolver();
    var before = GC.GetTotalMemory(true);
    clock.Restart();
    var (satisfiable, conflicts, decisions, peak) = SolveAll(solver, universe);
    var first = clock.Elapsed.TotalMilliseconds;
    var managed = GC.GetTotalMemory(true) - before;
    clock.Restart();
    while (clock.ElapsedMilliseconds < 500)
        SolveAll(solver, universe);
    var times = new double[repeat];
    busy = Environment.CpuUsage.TotalTime;
    for (var i = 0; i < repeat; i++)
    {
        clock.Restart();
        SolveAll(solver, universe);
        times[i] = clock.Elapsed.TotalMilliseconds;
    }

    var solveBusy = (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / repeat;
    Array.Sort(times);
    var wrong = universe
        .Queries.Where(query =>
            query.Expected?.Satisfiable is { } expected
            && expected
                != solver.Solve(universe.CreateProblem(query).Problem, SolveOptions.Default) is Outcome.Satisfiable
        )
        .Count();
    Console.WriteLine(
        $"{universe.Name,-16} sat {satisfiable}/{universe.Queries.Count} median {times[repeat / 2]:F4} least "
            + $"{times[0]:F4} processor {solveBusy:F4} first {first:F3} load {load:F0} (processor {loadBusy:F0}) ms, "
            + $"conflicts {conflicts} decisions {decisions} buffers {peak / 1024} KiB, kept {managed / 1024} "
            + $"KiB{(wrong > 0 ? $" WRONG {wrong}" : "")}"
    );
}

static (int Satisfiable, long Conflicts, long Decisions, long Peak) SolveAll(DomainSolver solver, Universe universe)
{
    var satisfiable = 0;
    long conflicts = 0,
        decisions = 0,
        peak = 0;
    foreach (var query in universe.Queries)
    {
        var outcome = solver.Solve(universe.CreateProblem(query).Problem, SolveOptions.Default);
        satisfiable += outcome is Outcome.Satisfiable ? 1 : 0;
        conflicts += outcome.Statistics.Conflicts;
        decisions += outcome.Statistics.Decisions;
        peak = Math.Max(peak, outcome.Statistics.PeakBytes);
    }

    return (satisfiable, conflicts, decisions, peak);
}
