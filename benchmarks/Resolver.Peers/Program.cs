using System.CommandLine;
using System.Diagnostics;
using Resolver.Peers;
using Resolver.Peers.Contestants;
using Resolver.Peers.Reporting;

var output = new Argument<DirectoryInfo>("DIR") { Description = "Where performance.md and its pictures go: docs." };
var more = new Option<string[]>("--universes") { Description = "Further universe files, or folders of them.", DefaultValueFactory = _ => [] };
var limit = new Option<double>("--limit") { Description = "Seconds after which a contestant has lost a universe.", DefaultValueFactory = _ => 20 };
var small = new Option<bool>("--small") { Description = "Leave out what is large: to see that it works." };
var executable = new Option<string?>("--resolver") { Description = "The published program; published for the run where absent." };
var root = new RootCommand("Solves the same universes with resolver and with every peer on this machine, and writes docs/performance.md.") { output, more, limit, small, executable };
root.SetAction(parsed => Compare(parsed.GetValue(output)!, parsed.GetValue(more)!, TimeSpan.FromSeconds(parsed.GetValue(limit)), parsed.GetValue(small), parsed.GetValue(executable)));
return root.Parse(args).Invoke();

static int Compare(DirectoryInfo output, IReadOnlyList<string> more, TimeSpan limit, bool small, string? executable)
{
    var folder = Directory.CreateTempSubdirectory("resolver-peers-").FullName;
    try
    {
        var resolver = executable ?? Publish(folder);
        var scripts = Path.Combine(Repository(), "benchmarks", "peers");
        var contestants = new Contestant[]
        {
            new Ourselves(resolver, "cdcl", 15),
            new PythonPeer("libsolv", Path.Combine(scripts, "libsolv_peer.py"), "import solv, subprocess; print(subprocess.run(['dpkg-query', '-W', '-f', '${Version}', 'python3-solv'], capture_output=True, text=True).stdout)", 15),
            new PythonPeer("resolvelib", Path.Combine(scripts, "resolvelib_peer.py"), "import resolvelib; print(resolvelib.__version__)", 15),
            new PythonPeer("Poetry", Path.Combine(scripts, "poetry_peer.py"), "import poetry.mixology, importlib.metadata as m; print(m.version('poetry'))", 15),
            new Ourselves(resolver, "z3", 1),
            new DimacsPeer("z3", "-dimacs"),
            new DimacsPeer("cadical", "-q"),
            new DimacsPeer("minisat", "-verb=0"),
        }.Where(contestant => contestant.Version is not null).ToList();
        foreach (var contestant in contestants)
            Console.WriteLine($"{contestant.Name} {contestant.Version}");

        var problems = Universes.Write(folder, more, large: !small).ToList();
        var measurements = new Dictionary<(string, string), Measurement>();
        foreach (var problem in problems)
        {
            foreach (var contestant in contestants)
            {
                var measurement = contestant.Solve(problem, limit);
                measurements[(problem.Name, contestant.Name)] = measurement;
                Console.WriteLine($"{problem.Name}: {contestant.Name}: {measurement.Trouble ?? Report.Number(measurement.Median)}");
            }
        }

        var comparison = new Comparison(contestants, problems, measurements);
        var disagreements = comparison.Disagreements.ToList();
        foreach (var line in disagreements)
            Console.Error.WriteLine($"error: {line}");
        if (disagreements.Count > 0)
            return 1;

        var processes = WholeProcess.Measure(folder, resolver, small ? [200] : [1_000, 10_000], 3 * limit).ToList();
        var growth = Growth.Measure(folder, resolver, small ? [10, 100] : [10, 100, 1_000, 10_000, 100_000]).ToList();
        output.Create();
        File.WriteAllText(Path.Combine(output.FullName, "performance.md"), Report.Of(comparison, processes, growth));
        Plots.Times(comparison, Path.Combine(output.FullName, "performance-times.png"));
        Plots.Ratios(comparison, Path.Combine(output.FullName, "performance-ratios.png"));
        return 0;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string Publish(string folder)
{
    var target = Path.Combine(folder, "resolver");
    using var process = Process.Start("dotnet", ["publish", "-c", "Release", Path.Combine(Repository(), "src", "Resolver.Cli"), "-o", target, "-v", "quiet", "--nologo"]);
    process.WaitForExit();
    return process.ExitCode == 0 ? Path.Combine(target, "resolver") : throw new InvalidOperationException("the program could not be published");
}

static string Repository()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "Resolver.sln")))
        folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("this runs from inside the repository");
    return folder;
}
