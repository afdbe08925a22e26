using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Turns a problem into variables and nogoods of the engine, piece by piece as the search asks: a variable when a
/// requirement first speaks of it, a candidate's requirements when it is about to be chosen or is the only one left.
/// </summary>
/// <remarks>
/// A requirement of a maximal run R of neighbouring candidates of p, which q satisfies in S, is one nogood: <c>not (p
/// in R and q not in S)</c>, where 'q absent' counts as not in S unless the requirement allows absence. Conditions on
/// extras are further terms. One nogood a run; two terms plus one a condition.
/// </remarks>
internal sealed class DomainEncoding(DomainEngine engine)
{
    /// <summary>From how many requirements on a list is indexed: a project may have ten thousand extras, and each that
    /// becomes active completes conditions.</summary>
    private const int LongList = 64;

    private readonly SparseIndex variables = new();
    private readonly SparseIndex requirements = new();
    private readonly List<Axiom.Theory> theoryAxioms = [];

    /// <summary>By list of requirements and extra: the places in the list that name the extra. Only of long
    /// lists.</summary>
    private readonly Dictionary<int, Dictionary<EngineVariable, List<int>>> naming = [];
    private Problem problem = null!;
    private bool readsAhead;

    /// <summary>By requirement; one without words where it always holds.</summary>
    private Term[] targets = new Term[64];
    private bool[] targetReaches = new bool[64];
    private Loaded[] loaded = new Loaded[64];
    private int[] listOf = new int[256];
    private int listOfCount;
    private (int Start, int Count)[] lists = new (int, int)[64];
    private int listCount;
    private Demand[] demands = new Demand[256];
    private int demandCount;
    private RequirementAxiom[] axioms = new RequirementAxiom[64];
    private int axiomCount;
    private ulong[] words = new ulong[4];
    private Term[] terms = new Term[8];

    /// <summary>Told of every axiom; null: nobody.</summary>
    public ISearchObserver? Observer { get; set; }

    /// <summary>How many variables had requirements read.</summary>
    public int LoadedVariables { get; private set; }

    /// <summary>Bytes in use.</summary>
    public long Bytes =>
        ((long)variables.Count * (Unsafe.SizeOf<Loaded>() + (2 * sizeof(int))))
        + ((long)requirements.Count * (Unsafe.SizeOf<Term>() + 9))
        + ((long)listOfCount * sizeof(int))
        + ((long)listCount * 8)
        + ((long)demandCount * Unsafe.SizeOf<Demand>())
        + ((long)axiomCount * Unsafe.SizeOf<RequirementAxiom>());

    public void Begin(Problem newProblem)
    {
        problem = newProblem;
        readsAhead = newProblem.ReadsAhead;
        variables.Clear();
        requirements.Clear();
        theoryAxioms.Clear();
        naming.Clear();
        HasInactiveConditions = false;
        (listOfCount, listCount, demandCount, axiomCount, LoadedVariables) = (0, 0, 0, 0, 0);
    }

    /// <summary>Lets go of the problem, so that a solver kept for later does not keep it alive.</summary>
    public void End()
    {
        problem = null!;
        Observer = null;
        theoryAxioms.Clear();
    }

    /// <summary>The problem's variable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VariableId Outer(EngineVariable variable) => new(variables[variable.Index]);

    /// <summary>The project that an extra belongs to, as far as a requirement has said so; else none.</summary>
    public EngineVariable OwnerOf(EngineVariable variable) => loaded[variable.Index].Owner;

    /// <summary>Whether some loaded requirement wants an extra inactive.</summary>
    public bool HasInactiveConditions { get; private set; }

    /// <summary>The engine's variable, or none where nothing requested it yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EngineVariable InnerOrNone(VariableId variable) => new(variables.Find(variable.Index));

    /// <summary>The engine's variable, made when first requested.</summary>
    public EngineVariable Inner(VariableId variable)
    {
        var found = InnerOrNone(variable);
        return found.IsNone ? AddVariable(variable) : found;
    }

    /// <summary>Adds the nogood of a root and propagates it.</summary>
    /// <returns>False on a conflict. <paramref name="demand"/> says where the discovery queue goes.</returns>
    public bool AddRoot(RequirementId root, out Demand demand)
    {
        demand = Target(root);
        if (demand.Kind == DemandKind.Nothing)
            return true;
        terms[0] = new Term(demand.Target, engine.DomainOf(demand.Target).Length, demand.Bits);
        demand.Nogood = AddAxiom(1, new RequirementAxiom(EngineVariable.None, CandidateRun.None, root));
        return engine.Apply(demand.Nogood);
    }

    /// <summary>What the candidate demands, in the order of its requirements. Loaded at the first call; valid until
    /// the next.</summary>
    public Span<Demand> DemandsOf(EngineVariable variable, CandidateIndex candidate)
    {
        ref var known = ref loaded[variable.Index];
        if (known.Latest != candidate)
            Recall(variable, candidate);
        return demands.AsSpan(loaded[variable.Index].Start, loaded[variable.Index].Count);
    }

    /// <summary>Which of the candidate's demands have the extra in a condition, by place. Null where the list is short:
    /// then it is as well to look at all of them.</summary>
    public IReadOnlyList<int>? Naming(EngineVariable variable, CandidateIndex candidate, EngineVariable extra)
    {
        var all = DemandsOf(variable, candidate);
        if (all.Length < LongList)
            return null;
        var list = listOf[loaded[variable.Index].Base + candidate.Index];
        if (!naming.TryGetValue(list, out var places))
        {
            naming.Add(list, places = []);
            for (var i = 0; i < all.Length; i++)
            {
                if (all[i].Kind != DemandKind.Conditional)
                    continue;
                foreach (var condition in ConditionsOf(all[i]))
                {
                    var named = Inner(condition.Extra);
                    if (!places.TryGetValue(named, out var known))
                        places.Add(named, known = []);
                    known.Add(i);
                }
            }
        }

        return places.GetValueOrDefault(extra) ?? (IReadOnlyList<int>)[];
    }

    /// <summary>The conditions of a <see cref="DemandKind.Conditional"/> one.</summary>
    public ReadOnlySpan<ExtraCondition> ConditionsOf(in Demand demand) =>
        problem.Conditions(new RequirementId((int)demand.Bits));

    /// <summary>Where the discovery queue goes from a <see cref="DemandKind.Conditional"/> one.</summary>
    public EngineVariable TargetOf(in Demand demand) => Inner(problem.Target(new RequirementId((int)demand.Bits)));

    /// <summary>Whether all its conditions hold in the domains.</summary>
    public bool ConditionsHold(in Demand demand)
    {
        foreach (var condition in ConditionsOf(demand))
        {
            if (engine.ValueOf(Inner(condition.Extra)) != new DomainValue(condition.Active ? 0 : 1))
                return false;
        }

        return true;
    }

    /// <summary>Makes the nogood of a conditional demand, once.</summary>
    /// <returns>The nogood; none where nothing follows.</returns>
    public NogoodId Materialise(EngineVariable variable, CandidateIndex candidate, int index)
    {
        var list = listOf[loaded[variable.Index].Base + candidate.Index];
        var place = lists[list].Start + index;
        if (!demands[place].Nogood.IsNone || demands[place].AlwaysHolds)
            return demands[place].Nogood;
        var id = new RequirementId((int)demands[place].Bits);
        // What is made here is that of all with the same list.
        var alike = listOf.AsSpan(loaded[variable.Index].Base, engine.ValuesOf(variable));
        var after = alike[candidate.Index..].IndexOfAnyExcept(list);
        var shared = new CandidateRun(
            new(alike[..candidate.Index].LastIndexOfAnyExcept(list) + 1),
            new(after < 0 ? alike.Length - 1 : candidate.Index + after - 1)
        );
        var nogood = FindRun(variable, shared, id, out var run);
        demands[place].Nogood = !nogood.IsNone ? nogood : AddRequirement(variable, run, id, Target(id));
        demands[place].AlwaysHolds = demands[place].Nogood.IsNone;
        return demands[place].Nogood;
    }

    /// <summary>Adds a nogood of the problem's theory.</summary>
    public NogoodId AddTheory(SelectionNogood nogood)
    {
        if (nogood.Terms.Count > terms.Length)
            terms = new Term[nogood.Terms.Count];
        for (var i = 0; i < nogood.Terms.Count; i++)
        {
            var variable = Inner(nogood.Terms[i].Variable);
            var set = Zeroed(engine.DomainOf(variable).Length);
            nogood.Terms[i].Set(set, engine.ValuesOf(variable));
            terms[i] = engine.MakeTerm(variable, set);
        }

        theoryAxioms.Add(new Axiom.Theory(nogood));
        return AddAxiom(nogood.Terms.Count, RequirementAxiom.OfTheory(theoryAxioms.Count - 1));
    }

    /// <summary>Where a nogood that was not learned comes from.</summary>
    public Axiom AxiomOf(int origin)
    {
        var axiom = axioms[origin];
        if (axiom.IsOfTheory)
            return theoryAxioms[axiom.TheoryNumber];
        return new Axiom.Requirement(axiom.Source.IsNone ? null : Outer(axiom.Source), axiom.Run, axiom.Requirement);
    }

    /// <summary>The candidates of the variable that may never be chosen.</summary>
    public Axiom.Unusable UnusableOf(EngineVariable variable)
    {
        var usable = Usable(variable);
        var ruledOut = new List<int>();
        for (var i = 0; i < engine.ValuesOf(variable); i++)
        {
            if (((usable[i >> 6] >> i) & 1) == 0)
                ruledOut.Add(i);
        }

        return new Axiom.Unusable(Outer(variable), ruledOut);
    }

    /// <summary>The terms of a nogood as an observer sees them.</summary>
    public ObservedTerm[] Observe(NogoodId nogood)
    {
        var inner = engine.TermsOf(nogood);
        var observed = new ObservedTerm[inner.Length];
        for (var i = 0; i < inner.Length; i++)
            observed[i] = Observe(inner[i].Variable, engine.SetOf(inner[i]));
        return observed;
    }

    private ObservedTerm Observe(EngineVariable variable, ReadOnlySpan<ulong> set)
    {
        var values = engine.ValuesOf(variable);
        var candidates = set[..((values + 63) / 64)].ToArray();
        if ((values & 63) != 0)
            candidates[^1] &= (1UL << values) - 1;
        return new ObservedTerm(Outer(variable), candidates, ((set[values >> 6] >> values) & 1) != 0);
    }

    private Span<ulong> Zeroed(int count)
    {
        if (words.Length < count)
            words = new ulong[count];
        var span = words.AsSpan(0, count);
        span.Clear();
        return span;
    }

    /// <summary>The usable candidates and 'absent'.</summary>
    private Span<ulong> Usable(EngineVariable variable)
    {
        var values = engine.ValuesOf(variable);
        var set = Zeroed(DomainEngine.WordsFor(values));
        problem.Usable(Outer(variable), set[..((values + 63) / 64)]);
        set[values >> 6] |= 1UL << values;
        return set;
    }

    private EngineVariable AddVariable(VariableId id)
    {
        variables.Add(id.Index);
        var added = engine.AddVariable(problem.CandidateCount(id));
        if (added.Index >= loaded.Length)
            Array.Resize(ref loaded, added.Index * 2);
        loaded[added.Index] = new Loaded
        {
            Base = -1,
            Owner = EngineVariable.None,
            Latest = CandidateIndex.None,
        };
        var usable = Usable(added);
        if (!usable.SequenceEqual(engine.DomainOf(added)))
        {
            engine.Restrict(added, usable);
            ReportUnusable(added);
        }

        return added;
    }

    private void ReportUnusable(EngineVariable variable)
    {
        if (Observer is null)
            return;
        var ruledOut = Usable(variable);
        foreach (ref var word in ruledOut)
            word = ~word;
        Observer.Axiom([Observe(variable, ruledOut)], UnusableOf(variable));
    }

    /// <summary>The requirement's target and the set it must not lie within; memoized.</summary>
    private Demand Target(RequirementId id)
    {
        var number = requirements.Find(id.Index);
        if (number < 0)
            number = AddTarget(id);
        ref readonly var term = ref targets[number];
        return new Demand
        {
            Kind = term.Words == 0 ? DemandKind.Nothing : DemandKind.Direct,
            Target = term.Variable,
            Bits = term.Bits,
            Nogood = NogoodId.None,
            Reaches = targetReaches[number],
        };
    }

    private int AddTarget(RequirementId id)
    {
        var target = Inner(problem.Target(id));
        var number = requirements.Add(id.Index);
        if (number >= targets.Length)
        {
            Array.Resize(ref targets, number * 2);
            Array.Resize(ref targetReaches, number * 2);
        }

        var values = engine.ValuesOf(target);
        var set = Zeroed(DomainEngine.WordsFor(values));
        problem.Satisfying(id, set[..((values + 63) / 64)]);
        var allowsAbsence = problem.AllowsAbsence(id);
        if (allowsAbsence)
            set[values >> 6] |= 1UL << values;
        ulong any = 0;
        for (var i = 0; i < set.Length; i++)
        {
            set[i] = ~set[i];
            if (i == set.Length - 1)
                set[i] &= ulong.MaxValue >> (63 - (values & 63));
            any |= set[i];
        }

        targets[number] = any == 0 ? default : engine.MakeTerm(target, set);
        targetReaches[number] = !allowsAbsence;
        return number;
    }

    private void OpenLists(EngineVariable variable)
    {
        var values = engine.ValuesOf(variable);
        if (listOfCount + values > listOf.Length)
            Array.Resize(ref listOf, Math.Max(listOfCount + values, listOf.Length * 2));
        listOf.AsSpan(listOfCount, values).Fill(-1);
        loaded[variable.Index].Base = listOfCount;
        listOfCount += values;
        LoadedVariables++;
    }

    /// <summary>Makes the candidate the variable's latest, so that asking again costs one look.</summary>
    private void Recall(EngineVariable variable, CandidateIndex candidate)
    {
        if (loaded[variable.Index].Base < 0)
            OpenLists(variable);
        var list = listOf[loaded[variable.Index].Base + candidate.Index];
        if (list < 0)
            list = Load(variable, candidate);
        ref var known = ref loaded[variable.Index];
        known.Latest = candidate;
        (known.Start, known.Count) = lists[list];
    }

    /// <summary>Loads a candidate's requirements, and by that those of all its neighbours with the same list.</summary>
    private int Load(EngineVariable variable, CandidateIndex candidate)
    {
        var id = Outer(variable);
        var required = problem.RequirementsOf(id, candidate.Index);
        var run = NeighboursWithSameList(variable, candidate, required);
        var start = demandCount;
        if (start + required.Length > demands.Length)
            Array.Resize(ref demands, Math.Max(start + required.Length, demands.Length * 2));
        demandCount += required.Length;
        for (var i = 0; i < required.Length; i++)
            demands[start + i] = MakeDemand(variable, run, required[i]);
        if (listCount == lists.Length)
            Array.Resize(ref lists, listCount * 2);
        lists[listCount] = (start, required.Length);
        listOf.AsSpan(loaded[variable.Index].Base + run.First.Index, run.Count).Fill(listCount);
        return listCount++;
    }

    private Demand MakeDemand(EngineVariable variable, CandidateRun shared, RequirementId id)
    {
        if (!problem.Conditions(id).IsEmpty)
        {
            foreach (var condition in problem.Conditions(id))
            {
                var extra = Inner(condition.Extra);
                loaded[extra.Index].Owner = variable;
                HasInactiveConditions |= !condition.Active;
            }

            return new Demand
            {
                Kind = DemandKind.Conditional,
                Bits = (ulong)id.Index,
                Nogood = NogoodId.None,
                Reaches = !problem.AllowsAbsence(id),
            };
        }

        var demand = Target(id);
        if (demand.Kind == DemandKind.Nothing)
            return demand;
        demand.Nogood = FindRun(variable, shared, id, out var run);
        if (demand.Nogood.IsNone)
            demand.Nogood = AddRequirement(variable, run, id, demand);
        if (demand.Nogood.IsNone)
            demand.Kind = DemandKind.Nothing;
        else if (demand.Target == variable)
            demand.Bits = engine.TermsOf(demand.Nogood)[0].Bits;
        return demand;
    }

    private CandidateRun NeighboursWithSameList(
        EngineVariable variable,
        CandidateIndex candidate,
        ReadOnlySpan<RequirementId> required
    )
    {
        var id = Outer(variable);
        var numbers = problem.RequirementLists(id);
        int first = candidate.Index,
            last = candidate.Index,
            end = engine.ValuesOf(variable) - 1;
        if (!numbers.IsEmpty)
        {
            var number = numbers[candidate.Index];
            var after = numbers[(candidate.Index + 1)..].IndexOfAnyExcept(number);
            var before = numbers[..candidate.Index].LastIndexOfAnyExcept(number);
            return new(new(before + 1), new(after < 0 ? end : candidate.Index + after));
        }

        while (first > 0 && MayLook(id, first - 1) && IsSame(required, problem.RequirementsOf(id, first - 1)))
            first--;
        while (last < end && MayLook(id, last + 1) && IsSame(required, problem.RequirementsOf(id, last + 1)))
            last++;
        return new(new(first), new(last));
    }

    private bool MayLook(VariableId variable, int candidate) => readsAhead || problem.IsRead(variable, candidate);

    private static bool IsSame(ReadOnlySpan<RequirementId> one, ReadOnlySpan<RequirementId> other) =>
        one == other || one.SequenceEqual(other);

    /// <summary>Extends a stretch of neighbours that share the requirement as far as it goes.</summary>
    /// <returns>The nogood of the run where a neighbour that was loaded before has it and it speaks of the whole
    /// stretch; it does where its run could be followed to its ends. Else none, and <paramref name="run"/> is the
    /// run.</returns>
    private NogoodId FindRun(EngineVariable variable, CandidateRun shared, RequirementId id, out CandidateRun run)
    {
        run = shared;
        var (first, last) = (shared.First.Index, shared.Last.Index);
        var outer = Outer(variable);
        var numbers = problem.RequirementLists(outer);
        var end = engine.ValuesOf(variable) - 1;
        while (last < end)
        {
            if (!MayLook(outer, last + 1) || !Shares(variable, outer, new(last + 1), id, out var nogood))
                break;
            if (!nogood.IsNone && axioms[engine.OriginOf(nogood)].Run.Covers(shared))
                return nogood;
            last++;
            if (!numbers.IsEmpty)
                last = numbers[(last + 1)..].IndexOfAnyExcept(numbers[last]) is >= 0 and var same ? last + same : end;
        }

        while (first > 0)
        {
            if (!MayLook(outer, first - 1) || !Shares(variable, outer, new(first - 1), id, out var nogood))
                break;
            if (!nogood.IsNone && axioms[engine.OriginOf(nogood)].Run.Covers(shared))
                return nogood;
            first--;
            if (!numbers.IsEmpty)
                first = numbers[..first].LastIndexOfAnyExcept(numbers[first]) + 1;
        }

        run = new(new(first), new(last));
        return NogoodId.None;
    }

    /// <summary>Whether a neighbour has the requirement; and its nogood if the neighbour was loaded.</summary>
    private bool Shares(
        EngineVariable variable,
        VariableId outer,
        CandidateIndex candidate,
        RequirementId id,
        out NogoodId nogood
    )
    {
        nogood = NogoodId.None;
        var place = MemoryMarshal
            .Cast<RequirementId, int>(problem.RequirementsOf(outer, candidate.Index))
            .IndexOf(id.Index);
        if (place < 0)
            return false;
        var list = listOf[loaded[variable.Index].Base + candidate.Index];
        if (list >= 0)
            nogood = demands[lists[list].Start + place].Nogood;
        return true;
    }

    /// <summary>Adds the nogood of a run.</summary>
    /// <returns>None where it can never be violated: a project that requires itself, at versions that suit.</returns>
    private NogoodId AddRequirement(EngineVariable variable, CandidateRun run, RequirementId id, in Demand target)
    {
        CheckRun(variable, run);
        if (target.Kind == DemandKind.Nothing)
            return NogoodId.None;
        var set = Zeroed(DomainEngine.WordsFor(engine.ValuesOf(variable)));
        CandidateRange.Set(set, run.First.Index, run.Last.Index + 1);
        var count = 0;
        if (target.Target == variable)
        {
            var other = new Term(variable, set.Length, target.Bits);
            var otherSet = engine.SetOf(other);
            ulong any = 0;
            for (var i = 0; i < set.Length; i++)
                any |= set[i] &= otherSet[i];
            if (any == 0)
                return NogoodId.None;
            terms[count++] = engine.MakeTerm(variable, set);
        }
        else
        {
            terms[count++] = engine.MakeTerm(variable, set);
            terms[count++] = new Term(
                target.Target,
                DomainEngine.WordsFor(engine.ValuesOf(target.Target)),
                target.Bits
            );
        }

        foreach (var condition in problem.Conditions(id))
        {
            var extra = new Term(Inner(condition.Extra), 1, condition.Active ? 1UL : 2UL);
            if (!AddCondition(ref count, extra))
                return NogoodId.None;
        }

        return AddAxiom(count, new RequirementAxiom(variable, run, id));
    }

    /// <summary>Adds a condition's term, or joins it with one that speaks of the same extra.</summary>
    /// <returns>False where the two cannot hold together.</returns>
    private bool AddCondition(ref int count, in Term extra)
    {
        for (var i = 0; i < count; i++)
        {
            if (terms[i].Variable != extra.Variable)
                continue;
            terms[i] = new Term(extra.Variable, 1, extra.Bits & terms[i].Bits);
            return terms[i].Bits != 0;
        }

        if (count == terms.Length)
            Array.Resize(ref terms, count * 2);
        terms[count++] = extra;
        return true;
    }

    private NogoodId AddAxiom(int count, in RequirementAxiom axiom)
    {
        CheckTerms(count);
        if (axiomCount == axioms.Length)
            Array.Resize(ref axioms, axiomCount * 2);
        axioms[axiomCount] = axiom;
        var nogood = engine.AddAxiom(terms.AsSpan(0, count), axiomCount++);
        Observer?.Axiom(Observe(nogood), AxiomOf(axiomCount - 1));
        return nogood;
    }

    /// <summary>A run is some of the variable's candidates, without a gap.</summary>
    [Conditional("DEBUG")]
    private void CheckRun(EngineVariable variable, CandidateRun run) =>
        Debug.Assert(
            run.First.Index >= 0 && run.Count > 0 && run.Last.Index < engine.ValuesOf(variable),
            "no such run of candidates"
        );

    /// <summary>A nogood has a term, each of another variable, with a set of the variable's own size that is not
    /// empty: a term that can never be true would make the nogood say nothing.</summary>
    [Conditional("DEBUG")]
    private void CheckTerms(int count)
    {
        Debug.Assert(count > 0, "an axiom without terms");
        for (var i = 0; i < count; i++)
        {
            ref readonly var term = ref terms[i];
            Debug.Assert(term.Words == DomainEngine.WordsFor(engine.ValuesOf(term.Variable)), "a set of another size");
            // A set of one word is requested without a copy of it: a search allocates nothing, in debug builds too.
            Debug.Assert(
                term.Words == 1 ? term.Bits != 0 : engine.SetOf(term).ContainsAnyExcept(0UL),
                "a term that can never be true"
            );
            for (var k = 0; k < i; k++)
                Debug.Assert(terms[k].Variable != terms[i].Variable, "two terms of one variable");
        }
    }

    /// <summary>What is known of a variable's requirements.</summary>
    private struct Loaded
    {
        /// <summary>Where its candidates begin in <see cref="listOf"/>, or -1 where none was loaded.</summary>
        public int Base;

        /// <summary>The project that an extra belongs to, or none.</summary>
        public EngineVariable Owner;

        /// <summary>The candidate requested last, or none; its demands are the next two.</summary>
        public CandidateIndex Latest;

        public int Start;

        public int Count;
    }

    /// <summary>Origin of an axiom: a run of candidates and what they require.</summary>
    /// <param name="Source">The engine's variable; none for a root and for a nogood of the theory.</param>
    /// <param name="Run">Its candidates.</param>
    /// <param name="Requirement">The problem's requirement; of a theory's nogood ~(its number).</param>
    private readonly record struct RequirementAxiom(EngineVariable Source, CandidateRun Run, RequirementId Requirement)
    {
        public bool IsOfTheory => Requirement.Index < 0;

        public int TheoryNumber => ~Requirement.Index;

        public static RequirementAxiom OfTheory(int number) =>
            new(EngineVariable.None, CandidateRun.None, new RequirementId(~number));
    }
}
