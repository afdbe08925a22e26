namespace Resolver.Sat.Domains;

/// <summary>
/// The variables that conflicts recently had to do with, the most involved first: VSIDS (Moskewicz et al., Chaff,
/// 2001) with exponentially growing bumps instead of decay (Eén and Sörensson, MiniSat, 2003). A variable that has
/// few values left goes before one that has many: its activity counts divided by the square of their number, as
/// weights count by domain sizes in constraint solvers (dom/wdeg; Boussemart et al., ECAI 2004). Each also keeps the
/// value it had last ('phase').
/// </summary>
/// <remarks>
/// A binary heap, and its inverse so that a bump finds its place. Variables that are settled or may be absent are
/// removed only when they come to the top; the engine puts one back, and says its size, when a domain shrinks or is
/// restored. Ties go to the lower number, so the order is the same on every machine.
/// </remarks>
internal sealed class ActivityOrder
{
    private const double BumpGrowth = 1 / 0.999;
    private const double RescaleAbove = 1e100;

    /// <summary>So small that it only orders the variables that took part in no conflict: by size.</summary>
    private const double FirstActivity = 1e-9;

    private double[] activity = new double[64];

    /// <summary>By variable: 1 / (number of values left)².</summary>
    private double[] weight = new double[64];
    private EngineVariable[] heap = new EngineVariable[64];
    private int[] placeOf = new int[64];
    private DomainValue[] phase = new DomainValue[64];
    private int variableCount;
    private int heapCount;
    private double bump;

    /// <summary>Whether anyone asks for the order. Off, nothing is kept.</summary>
    public bool IsOn { get; private set; }

    public void Clear() => (IsOn, variableCount, heapCount) = (false, 0, 0);

    /// <summary>Begins without variables.</summary>
    public void Begin() => (IsOn, variableCount, heapCount, bump) = (true, 0, 0, 1);

    public void AddVariable(EngineVariable variable, int size)
    {
        Growth.Reserve(ref activity, variable.Index + 1);
        Growth.Reserve(ref weight, variable.Index + 1);
        Growth.Reserve(ref heap, variable.Index + 1);
        Growth.Reserve(ref placeOf, variable.Index + 1);
        Growth.Reserve(ref phase, variable.Index + 1);
        (activity[variable.Index], weight[variable.Index]) = (FirstActivity, 1);
        (placeOf[variable.Index], phase[variable.Index]) = (-1, DomainValue.None);
        variableCount = variable.Index + 1;
        Insert(variable, size);
    }

    /// <summary>The value the variable had when it was last settled, or none.</summary>
    public DomainValue PhaseOf(EngineVariable variable) => phase[variable.Index];

    public void KeepPhase(EngineVariable variable, DomainValue value) => phase[variable.Index] = value;

    /// <summary>The most active one in the heap, or none. It stays there.</summary>
    public EngineVariable Top => heapCount > 0 ? heap[0] : EngineVariable.None;

    public void RemoveTop()
    {
        placeOf[heap[0].Index] = -1;
        var last = heap[--heapCount];
        if (heapCount == 0)
            return;
        Place(last, 0);
        Sink(0);
    }

    /// <summary>Puts the variable in, with this many values left; or to its new place, if it is in already.</summary>
    public void Insert(EngineVariable variable, int size)
    {
        weight[variable.Index] = 1.0 / ((double)size * size);
        var place = placeOf[variable.Index];
        if (place < 0)
            Place(variable, place = heapCount++);
        Rise(place);
        Sink(placeOf[variable.Index]);
    }

    /// <summary>The variable took part in a conflict.</summary>
    public void Bump(EngineVariable variable)
    {
        activity[variable.Index] += bump;
        if (activity[variable.Index] > RescaleAbove)
            Rescale();
        if (placeOf[variable.Index] >= 0)
            Rise(placeOf[variable.Index]);
    }

    /// <summary>What took part earlier counts for less from now on.</summary>
    public void Decay() => bump *= BumpGrowth;

    private void Rescale()
    {
        for (var i = 0; i < variableCount; i++)
            activity[i] /= RescaleAbove;
        bump /= RescaleAbove;
    }

    private bool IsBefore(EngineVariable one, EngineVariable other)
    {
        var first = activity[one.Index] * weight[one.Index];
        var second = activity[other.Index] * weight[other.Index];
        return first > second || (first == second && one.Index < other.Index);
    }

    private void Place(EngineVariable variable, int place)
    {
        heap[place] = variable;
        placeOf[variable.Index] = place;
    }

    private void Rise(int place)
    {
        var variable = heap[place];
        while (place > 0 && IsBefore(variable, heap[(place - 1) / 2]))
        {
            Place(heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        Place(variable, place);
    }

    private void Sink(int place)
    {
        var variable = heap[place];
        while ((2 * place) + 1 < heapCount)
        {
            var child = (2 * place) + 1;
            if (child + 1 < heapCount && IsBefore(heap[child + 1], heap[child]))
                child++;
            if (!IsBefore(heap[child], variable))
                break;
            Place(heap[child], place);
            place = child;
        }

        Place(variable, place);
    }
}
