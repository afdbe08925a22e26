namespace Resolver.Archives.Reading;

/// <summary>What reading one file without running any of it may cost, all its projects and all their values
/// together.</summary>
/// <remarks>The cost is counted and not measured, so that the same file gives the same answer on every machine. Bounds
/// on single values are not enough: a list of many values that are each within the bound may fill any memory. Not
/// thread safe: a file is read by one thread.</remarks>
/// <param name="limit">In units; a character that is read, copied or skipped over is one.</param>
internal class ReadingBudget(long limit = ReadingBudget.Units)
{
    /// <summary>The budget of a file. Of 218 popular projects none takes a hundredth of it.</summary>
    public const long Units = 32 << 20;

    /// <summary>The cost of a step of evaluation, and of an item of a list.</summary>
    public const int Step = 8;

    /// <summary>The cost of a requirement beside its characters: as an object it takes hundreds of bytes.</summary>
    public const int Requirement = 256;

    // Deep nesting needs the stack, which is no matter of the total.
    private const int Deepest = 100;

    private TimeSpan patience = TimeSpan.FromSeconds(1);
    private int depth;

    /// <summary>What has been spent, in units.</summary>
    public long Spent { get; private set; }

    /// <summary>Takes units.</summary>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public virtual void Spend(long units)
    {
        Spent += units;
        if (Spent > limit)
            throw new ReadingBudgetException();
    }

    /// <summary>Goes one level deeper into an expression; false where that is too deep. Each call is answered by a
    /// call of <see cref="Leave"/>.</summary>
    public bool Enter() => ++depth <= Deepest;

    /// <summary>Comes back from one level.</summary>
    public void Leave() => depth--;

    /// <summary>Runs a search by a pattern that the file states, within the time that is left for all such searches
    /// of the file.</summary>
    /// <param name="search">Given the time that it may take.</param>
    /// <exception cref="ReadingBudgetException">No time is left.</exception>
    public T Search<T>(Func<TimeSpan, T> search)
    {
        if (patience <= TimeSpan.Zero)
            throw new ReadingBudgetException();
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            return search(patience);
        }
        finally
        {
            patience -= System.Diagnostics.Stopwatch.GetElapsedTime(started);
        }
    }
}
