namespace Resolver.Sat.Domains;

/// <summary>What every learned nogood was derived from, kept so that a contradiction can be traced to the axioms it
/// rests on.</summary>
public sealed class Derivation
{
    private readonly DomainEngine engine;

    /// <summary>A nogood's number, an entry of level 0 or a variable's first domain, distinguished by
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
    public (IReadOnlyCollection<NogoodId> Axioms, IReadOnlyCollection<EngineVariable> Restricted) Trace()
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
                PushEntry(new TrailPosition(step.Number), work);
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

        return (
            [.. axioms.Select(axiom => new NogoodId(axiom))],
            [.. restricted.Select(variable => new EngineVariable(variable))]
        );
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

    /// <summary>A term was left out: it is true since this entry of level 0, or from the start where there is
    /// none.</summary>
    internal void UseLevelZero(EngineVariable variable, TrailPosition entry) =>
        steps.Add(EntryOrFirstDomain(entry, variable));

    private static (Kind Kind, int Number) EntryOrFirstDomain(TrailPosition entry, EngineVariable variable) =>
        entry.IsNone ? (Kind.FirstDomain, variable.Index) : (Kind.Entry, entry.Index);

    private void PushSteps(int derivation, Stack<(Kind, int)> work)
    {
        var end = derivation + 1 < starts.Count ? starts[derivation + 1] : steps.Count;
        for (var i = starts[derivation]; i < end; i++)
            work.Push(steps[i]);
    }

    /// <summary>An entry of level 0 rests on its reason, on what made the reason's other terms true, and on what
    /// shrank the same domain before.</summary>
    private void PushEntry(TrailPosition at, Stack<(Kind, int)> work)
    {
        var entry = engine.Trail.Entries[at.Index];
        work.Push((Kind.Nogood, entry.Reason.Index));
        work.Push(EntryOrFirstDomain(entry.Previous, entry.Variable));
        foreach (var term in engine.TermsOf(entry.Reason).ToArray())
        {
            if (term.Variable == entry.Variable)
                continue;
            var latest = engine.Variables[term.Variable.Index].LastEntry;
            while (latest >= at)
                latest = engine.Trail.Entries[latest.Index].Previous;
            work.Push(EntryOrFirstDomain(latest, term.Variable));
        }
    }
}
