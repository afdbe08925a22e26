namespace Resolver.Resolution.Solving;

/// <summary>Limits on one solve, and who listens to it.</summary>
public sealed record SolveOptions
{
    /// <summary>No limit, no trace, no observer.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>Give up at the conflict after this many; null: never. 0 gives up at the first.</summary>
    public long? ConflictLimit { get; init; }

    /// <summary>Give up then; null: never.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>After how many conflicts in discovery order searches that probe each choice take turns with it
    /// (docs/solver.md). It changes how the answer is found, never the answer.</summary>
    /// <remarks>Universes of every measured kind need fewer than the default, except dense ones near the edge between
    /// possible and impossible.</remarks>
    public long ConflictsInOrder { get; init; } = 1_000;

    /// <summary>How many conflicts pass before learned nogoods are dropped for the first time; later it takes longer.
    /// It changes no answer either.</summary>
    public long ConflictsBeforeForgetting { get; init; } = 1_000;

    /// <summary>Whether an unsatisfiable outcome carries its <see cref="Refutation"/>. Costs memory for every
    /// conflict, so it is off where nobody asks why.</summary>
    public bool Trace { get; init; }

    /// <summary>Conflicts after which the trace is given up all the same: the outcome has no refutation then.</summary>
    public long ConflictsTraced { get; init; } = long.MaxValue;

    /// <summary>Whether what is said of build order must be cycles, one at a time, so that an explanation can name
    /// them. Otherwise also what takes many cycles at once (<see cref="Ordering.StuckBuilds"/>), which ends a search
    /// sooner.</summary>
    internal bool NamesCycles { get; init; }

    /// <summary>Whether build order is watched from the first choice on, and not only from the first selection on that
    /// it rules out. It changes no answer.</summary>
    internal bool WatchesBuilds { get; init; }

    /// <summary>Told every axiom the search loads and every nogood it learns, in order; null: nobody.</summary>
    internal ISearchObserver? Observer { get; init; }
}
