namespace Resolver.Sat.Domains;

/// <summary>What every learned nogood was derived from, kept so that a contradiction can be traced to the axioms it
/// rests on.</summary>
public sealed class Derivation
{
    private readonly DomainEngine engine;

    /// <summary>A nogood's number, an entry of level 0 or a variable's first domain, told apart by
    /// <see cref="Kind"/>.</summary>
    private readonly List<(Kind Kind, int Number)> steps = [];

    /// <summary>Where the steps of each derivation begin; the last one is that of the contradiction.</summary>
    private readonly List<int> starts = [];

    internal Derivation(DomainEngine engine) => this.engine = engine;

    private enum Kind
    {
        Nogood,
        Entry,
        FirstDomain,
    }

    /// <summary>After <see cref="DomainEngine.Learn"/> said that there is no solution: the axioms it follows
    /// from.</summary>
    /// <returns>The numbers of axioms (nogoods that were not learned), ascending, and the variables whose restricted
    /// first domain was needed, ascending.</returns>
    public (IReadOnlyCollection<NogoodId> Axioms, IReadOnlyCollection<int> Restricted) Trace()
    {
        var axioms = new SortedSet<int>();
        var restricted = new SortedSet<int>();
        var seen = new HashSet<(Kind, int)>();
        var work = new Stack<(Kind Kind, int Number)>();
        PushSteps(starts.Count - 1, work);
        while (work.TryPop(out var step))
        {
            if (!seen.Add(step))
                continue;
            if (step.Kind == Kind.FirstDomain)
            {
                restricted.Add(step.Number);
            }
            else if (step.Kind == Kind.Entry)
            {
                PushEntry(step.Number, work);
            }
            else if (engine.OriginOf(new NogoodId(step.Number)) is >= 0)
            {
                axioms.Add(step.Number);
            }
            else
            {
                PushSteps(~engine.OriginOf(new NogoodId(step.Number)), work);
            }
        }

        return ([.. axioms.Select(axiom => new NogoodId(axiom))], restricted);
    }

    internal void Clear()
    {
        steps.Clear();
        starts.Clear();
    }

    internal void Begin(NogoodId conflict)
    {
        starts.Add(steps.Count);
        Use(conflict);
    }

    internal void Use(NogoodId nogood) => steps.Add((Kind.Nogood, nogood.Index));

    /// <summary>A term was left out: it is true since this entry of level 0, or from the start where the entry is
    /// -1.</summary>
    internal void UseLevelZero(int variable, int entry) =>
        steps.Add(entry < 0 ? (Kind.FirstDomain, variable) : (Kind.Entry, entry));

    private void PushSteps(int derivation, Stack<(Kind, int)> work)
    {
        var end = derivation + 1 < starts.Count ? starts[derivation + 1] : steps.Count;
        for (var i = starts[derivation]; i < end; i++)
            work.Push(steps[i]);
    }

    /// <summary>An entry of level 0 rests on its reason, on what made the reason's other terms true, and on what
    /// shrank the same domain before.</summary>
    private void PushEntry(int at, Stack<(Kind, int)> work)
    {
        var entry = engine.Trail.Entries[at];
        work.Push((Kind.Nogood, entry.Reason.Index));
        work.Push(entry.Previous >= 0 ? (Kind.Entry, entry.Previous) : (Kind.FirstDomain, entry.Variable));
        foreach (var term in engine.TermsOf(entry.Reason).ToArray())
        {
            if (term.Variable == entry.Variable)
                continue;
            var latest = engine.Variables[term.Variable].LastEntry;
            while (latest >= at)
                latest = engine.Trail.Entries[latest].Previous;
            work.Push(latest >= 0 ? (Kind.Entry, latest) : (Kind.FirstDomain, term.Variable));
        }
    }
}
