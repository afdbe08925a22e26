using System.CommandLine;
using System.Diagnostics;
using Resolver.Peers;
using Resolver.Peers.Contestants;
using Resolver.Peers.Reporting;

var output = new Argument<DirectoryInfo>("DIR") { Description = "Where performance.md and its pictures go: docs." };
var more = new Option<string[]>("--universes")
{
    Description = "Further universe files, or folders of them.",
    DefaultValueFactory = _ => [],
};
var limit = new Option<double>("--limit")
{
    Description = "Seconds after which a contestant has lost a universe.",
    DefaultValueFactory = _ => 8,
};
var minutes = new Option<double>("--minutes")
{
    Description = "After so many minutes nothing more is begun; what is known by then is the report.",
    DefaultValueFactory = _ => 17,
};
var small = new Option<bool>("--small") { Description = "Leave out what is large: to see that it works." };
var executable = new Option<string?>("--resolver")
{
    Description = "The published program; published for the run where absent.",
};
var root = new RootCommand(
    "Solves the same universes with resolver and with every peer on this machine, and writes docs/performance.md."
)
{
    output,
    more,
    limit,
    minutes,
    small,
    executable,
};
root.SetAction(parsed =>
    Measure(
        parsed.GetValue(output)!,
        parsed.GetValue(more)!,
        TimeSpan.FromSeconds(parsed.GetValue(limit)),
        new Budget(TimeSpan.FromMinutes(parsed.GetValue(minutes))),
        parsed.GetValue(small),
        parsed.GetValue(executable)
    )
);

var sizes = new Option<string>("--sizes")
{
    Description = "Distributions, growing; the last size checks what follows from the others.",
    DefaultValueFactory = _ => "3000,10000,30000,100000,1000000",
};
var batchSizes = new Option<string>("--batch-sizes")
{
    Description = "Distributions of the batches, growing.",
    DefaultValueFactory = _ => "1000,3000,10000,30000,100000",
};
var only = new Option<string?>("--only") { Description = "This part of the page alone; the rest stays as it is." };
only.AcceptOnlyFromAmong("batches");
var scale = new System.CommandLine.Command("scale", "Measures archives of growing size and writes docs/scale.md.")
{
    output,
    sizes,
    batchSizes,
    only,
    executable,
};
scale.SetAction(parsed =>
{
    var batches = Sizes(parsed.GetValue(batchSizes)!);
    return parsed.GetValue(only) is null
        ? MeasureScale(parsed.GetValue(output)!, Sizes(parsed.GetValue(sizes)!), batches, parsed.GetValue(executable))
        : MeasureBatches(parsed.GetValue(output)!, batches, parsed.GetValue(executable));

    static IReadOnlyList<int> Sizes(string text) => [.. text.Split(',').Select(int.Parse)];
});
root.Add(scale);
return root.Parse(args).Invoke();

static int MeasureBatches(DirectoryInfo output, IReadOnlyList<int> sizes, string? executable)
{
    var folder = Directory.CreateTempSubdirectory("resolver-scale-").FullName;
    try
    {
        BatchesOf(folder, executable ?? Publish(folder), sizes, output);
        return 0;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void BatchesOf(string folder, string resolver, IReadOnlyList<int> sizes, DirectoryInfo output)
{
    var (load, budget) = (Machine.Load(), new Budget(TimeSpan.FromMinutes(15)));
    var rows = new List<Batches.Row>();
    foreach (var size in sizes)
    {
        if (Batches.Measure(folder, resolver, size, budget) is not { } row)
            throw new InvalidOperationException($"a batch of {size} distributions could not be measured in time");
        rows.Add(row);
        Console.WriteLine($"[{budget.Elapsed:mm\\:ss}] a batch of {size} distributions");
        BatchScale.Write(
            Path.Combine(output.FullName, "scale.md"),
            rows,
            $"{load} at the start, {Machine.Load()} at the end"
        );
    }
}

static int MeasureScale(DirectoryInfo output, IReadOnlyList<int> sizes, IReadOnlyList<int> batches, string? executable)
{
    var folder = Directory.CreateTempSubdirectory("resolver-scale-").FullName;
    try
    {
        var (resolver, load, budget) = (
            executable ?? Publish(folder),
            Machine.Load(),
            new Budget(TimeSpan.FromMinutes(20))
        );
        var (wheel, sdist) = Archives.Content(folder, resolver, budget);
        var rows = new List<Archives.Row>();
        foreach (var size in sizes)
        {
            rows.Add(
                Archives.Measure(folder, resolver, size, budget)
                    ?? throw new InvalidOperationException($"{size} distributions could not be measured")
            );
            Console.WriteLine($"[{budget.Elapsed:mm\\:ss}] {size} distributions");
            if (rows.Count > 2)
            {
                output.Create();
                File.WriteAllText(
                    Path.Combine(output.FullName, "scale.md"),
                    Scale.Of(rows, wheel, sdist, $"{load} at the start, {Machine.Load()} at the end")
                );
            }
        }

        BatchesOf(folder, resolver, batches, output);
        return 0;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static int Measure(
    DirectoryInfo output,
    IReadOnlyList<string> more,
    TimeSpan limit,
    Budget budget,
    bool small,
    string? executable
)
{
    var folder = Directory.CreateTempSubdirectory("resolver-peers-").FullName;
    try
    {
        var resolver = executable ?? Publish(folder);
        var scripts = Path.Combine(Repository(), "benchmarks", "peers");
        var contestants = new Contestant[]
        {
            new Ourselves(resolver, "cdcl", 15),
            new PythonPeer(
                "libsolv",
                Path.Combine(scripts, "libsolv_peer.py"),
                "import solv, subprocess; print(subprocess.run(['dpkg-query', '-W', '-f', '${Version}', "
                    + "'python3-solv'], capture_output=True, text=True).stdout)",
                15
            ),
            new PythonPeer(
                "resolvelib",
                Path.Combine(scripts, "resolvelib_peer.py"),
                "import resolvelib; print(resolvelib.__version__)",
                15
            ),
            new PythonPeer(
                "Poetry",
                Path.Combine(scripts, "poetry_peer.py"),
                "import poetry.mixology, importlib.metadata as m; print(m.version('poetry'))",
                15
            ),
            new Ourselves(resolver, "z3", 1),
            new DimacsPeer("z3", "-dimacs"),
            new DimacsPeer("cadical", "-q"),
            new DimacsPeer("minisat", "-verb=0"),
            new PipPeer(),
        }
            .Where(contestant => contestant.Version is not null)
            .ToList();
        foreach (var contestant in contestants)
            Console.WriteLine($"{contestant.Name} {contestant.Version}");

        var findings = new Findings(output, contestants);
        // What is short comes first, and universes grow: where time runs out, only the largest are missing.
        Step(
            "growth",
            () =>
            {
                foreach (
                    var row in Growth.Measure(
                        folder,
                        resolver,
                        small ? [10, 100] : [10, 100, 1_000, 10_000, 100_000],
                        budget
                    )
                )
                    findings.Growth.Add(row);
            }
        );
        if (Bootstrapping.Version is not null)
            Step(
                "build cycles",
                () =>
                {
                    foreach (var row in Bootstrapping.Measure(folder, resolver, limit))
                        findings.Add(row);
                }
            );
        foreach (var distributions in small ? [1_000] : new[] { 1_000, 10_000, 100_000 })
            Step(
                $"an archive of {distributions}",
                () =>
                    findings.Archives.Add(
                        Archives.Measure(folder, resolver, distributions, budget)
                            ?? throw new InvalidOperationException("not measured")
                    )
            );
        Step(
            "resolver bench",
            () => findings.Phases.AddRange(Archives.Bench(folder, resolver, small ? 300 : 10_000, budget))
        );
        Step(
            "versions",
            () =>
                findings.Versions =
                    Archives.Versions(Repository(), budget) ?? throw new InvalidOperationException("not measured")
        );
        foreach (var problem in Universes.Write(folder, more, large: !small, wanted: IsTimeFor))
        {
            Step(
                problem.Name,
                () =>
                {
                    foreach (var contestant in contestants)
                        Say(
                            $"{problem.Name}: {contestant.Name}",
                            findings.Add(
                                problem,
                                contestant,
                                budget.Left < limit
                                    ? Measurement.Failed("no time left")
                                    : contestant.Solve(problem, limit)
                            )
                        );
                    findings.Problems.Add(problem);
                }
            );
            if (contestants.OfType<PipPeer>().SingleOrDefault() is { } pip && !budget.IsSpent)
                Step(
                    $"{problem.Name} from files",
                    () =>
                        findings.Processes.Add(
                            WholeProcess.Measure(problem, folder, resolver, findings.Of(problem, pip), budget.Left)
                                ?? throw new InvalidOperationException("not measured")
                        )
                );
        }

        findings.Finish();
        foreach (var line in findings.Troubles)
            Console.Error.WriteLine($"error: {line}");
        return findings.Troubles.Count == 0 ? 0 : 1;

        bool IsTimeFor(string universe)
        {
            if (budget.IsSpent)
                findings.Troubles.Add($"{universe}: there was no time left");
            return !budget.IsSpent;
        }

        void Step(string what, Action measure)
        {
            try
            {
                if (budget.IsSpent)
                    findings.Troubles.Add($"{what}: there was no time left");
                else
                    measure();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // What else there is to know is worth having, and the report says what is missing.
                findings.Troubles.Add($"{what}: {exception.Message}");
            }

            findings.Save();
            Console.WriteLine($"[{budget.Elapsed:mm\\:ss}] {what}");
        }

        static void Say(string what, Measurement measurement) =>
            Console.WriteLine($"{what}: {measurement.Trouble ?? Report.Number(measurement.Median)}");
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string Publish(string folder)
{
    var target = Path.Combine(folder, "resolver");
    using var process = Process.Start(
        "dotnet",
        [
            "publish",
            "-c",
            "Release",
            Path.Combine(Repository(), "src", "Resolver.Cli"),
            "-o",
            target,
            "-v",
            "quiet",
            "--nologo",
        ]
    );
    process.WaitForExit();
    return process.ExitCode == 0
        ? Path.Combine(target, "resolver")
        : throw new InvalidOperationException("the program could not be published");
}

static string Repository()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "Resolver.sln")))
        folder =
            Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("this runs from inside the repository");
    return folder;
}
