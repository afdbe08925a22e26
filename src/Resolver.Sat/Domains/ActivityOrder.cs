namespace Resolver.Sat.Domains;

/// <summary>
/// The variables that conflicts of late had to do with, the most involved first: VSIDS (Moskewicz et al., Chaff,
/// 2001) with exponentially growing bumps instead of decay (Eén and Sörensson, MiniSat, 2003), over variables of many
/// values. Each also keeps the value it had last ('phase').
/// </summary>
/// <remarks>
/// A binary heap, and its inverse so that a bump finds its place. Variables that are settled or may be absent are
/// weeded out only when they come to the top; the engine puts one back when a domain shrinks or is restored. Ties go
/// to the lower number, so the order is the same on every machine.
/// </remarks>
internal sealed class ActivityOrder
{
    private const double BumpGrowth = 1 / 0.95;
    private const double RescaleAbove = 1e100;

    private double[] activity = new double[64];
    private int[] heap = new int[64];
    private int[] placeOf = new int[64];
    private int[] phase = new int[64];
    private int variableCount;
    private int heapCount;
    private double bump;

    /// <summary>Whether anyone asks for the order. Off, nothing is kept.</summary>
    public bool IsOn { get; private set; }

    public void Clear() => (IsOn, variableCount, heapCount) = (false, 0, 0);

    /// <summary>Begins with variables 0 to <paramref name="count"/> - 1, in this order.</summary>
    public void Begin(int count)
    {
        (IsOn, variableCount, heapCount, bump) = (true, 0, 0, 1);
        for (var variable = 0; variable < count; variable++)
            AddVariable(variable);
    }

    public void AddVariable(int variable)
    {
        Growth.Reserve(ref activity, variable + 1);
        Growth.Reserve(ref heap, variable + 1);
        Growth.Reserve(ref placeOf, variable + 1);
        Growth.Reserve(ref phase, variable + 1);
        (activity[variable], placeOf[variable], phase[variable]) = (0, -1, -1);
        variableCount = variable + 1;
        Insert(variable);
    }

    /// <summary>The value the variable had when it was last settled, or -1.</summary>
    public int PhaseOf(int variable) => phase[variable];

    public void KeepPhase(int variable, int value) => phase[variable] = value;

    /// <summary>The most active one in the heap, or -1. It stays there.</summary>
    public int Top => heapCount > 0 ? heap[0] : -1;

    public void RemoveTop()
    {
        placeOf[heap[0]] = -1;
        var last = heap[--heapCount];
        if (heapCount == 0)
            return;
        Place(last, 0);
        Sink(0);
    }

    public void Insert(int variable)
    {
        if (placeOf[variable] >= 0)
            return;
        Place(variable, heapCount);
        Rise(heapCount++);
    }

    /// <summary>The variable took part in a conflict.</summary>
    public void Bump(int variable)
    {
        activity[variable] += bump;
        if (activity[variable] > RescaleAbove)
            Rescale();
        if (placeOf[variable] >= 0)
            Rise(placeOf[variable]);
    }

    /// <summary>What took part earlier counts for less from now on.</summary>
    public void Decay() => bump *= BumpGrowth;

    private void Rescale()
    {
        for (var i = 0; i < variableCount; i++)
            activity[i] /= RescaleAbove;
        bump /= RescaleAbove;
    }

    private bool IsBefore(int one, int other) =>
        activity[one] > activity[other] || (activity[one] == activity[other] && one < other);

    private void Place(int variable, int place)
    {
        heap[place] = variable;
        placeOf[variable] = place;
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
