namespace Resolver.Sat.Domains;

/// <summary>All that propagation reads of a variable, in one cache line.</summary>
internal struct VariableState
{
    /// <summary>The domain where <see cref="Words"/> is 1; unused else.</summary>
    public ulong Domain;

    /// <summary>How many words a set of this variable has: values / 64 + 1, for the bit of 'absent'.</summary>
    public int Words;

    /// <summary>Where the domain lies in the pool if <see cref="Words"/> is more than 1.</summary>
    public int Wide;

    /// <summary>How many values there are; also the bit of 'absent'.</summary>
    public int Values;

    /// <summary>The latest trail entry that shrank the domain, or none.</summary>
    public TrailPosition LastEntry;

    /// <summary>Where the variable's watched sets lie in the watch table.</summary>
    public int SlotStart;

    public int SlotCount;

    public int SlotCapacity;
}
