using Resolver.Peers.Contestants;

namespace Resolver.Peers.Reporting;

/// <summary>All that a run has measured so far. It is written after every step, so that a run that is ended early
/// leaves what it knew.</summary>
internal sealed class Findings(DirectoryInfo output, IReadOnlyList<Contestant> contestants)
{
    private readonly Dictionary<(string, string), Measurement> measurements = [];

    // Asked before anything is measured: both change while a run goes on.
    private readonly string loadBefore = Machine.Load();
    private readonly string commit = Machine.Commit;

    public string Commit => commit;

    public IReadOnlyList<Contestant> Contestants { get; } = contestants;

    /// <summary>Those that every contestant was given.</summary>
    public List<GivenProblem> Problems { get; } = [];

    public List<WholeProcess.Row> Processes { get; } = [];

    public List<Growth.Row> Growth { get; } = [];

    public List<Bootstrapping.Row> Bootstrapping { get; } = [];

    public List<Archives.Row> Archives { get; } = [];

    public List<Archives.Phase> Phases { get; } = [];

    public (string Heading, IReadOnlyList<string[]> Rows)? Versions { get; set; }

    /// <summary>What could not be measured and why, and verdicts that are not the expected ones.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Whether everything was tried.</summary>
    public bool IsFinished { get; private set; }

    public Comparison Comparison => new(Contestants, Problems, measurements);

    /// <summary>Load averages of one minute, before and now.</summary>
    public string Load => $"{loadBefore} at the start, {Machine.Load()} at the end";

    public Measurement Of(GivenProblem problem, Contestant contestant) => measurements[(problem.Name, contestant.Name)];

    public Measurement Add(GivenProblem problem, Contestant contestant, Measurement measurement)
    {
        if (measurement.Satisfiable is { } verdict && verdict != problem.Satisfiable)
            Troubles.Add($"{contestant.Name} says {(verdict ? "satisfiable" : "unsatisfiable")} of {problem.Name}");
        return measurements[(problem.Name, contestant.Name)] = measurement;
    }

    public void Add(Bootstrapping.Row row)
    {
        if (row.Ours.Satisfiable is { } ours && row.Clingo.Satisfiable is { } clingo && ours != clingo)
            Troubles.Add($"clingo has another verdict on {row.World}");
        Bootstrapping.Add(row);
    }

    public void Finish()
    {
        IsFinished = true;
        Save();
    }

    /// <summary>Writes the report with what there is.</summary>
    public void Save()
    {
        output.Create();
        File.WriteAllText(Path.Combine(output.FullName, "performance.md"), Report.Of(this));
        if (Problems.Count == 0)
            return;
        Plots.Times(Comparison, Path.Combine(output.FullName, "performance-times.png"));
        Plots.Ratios(Comparison, Path.Combine(output.FullName, "performance-ratios.png"));
    }
}
