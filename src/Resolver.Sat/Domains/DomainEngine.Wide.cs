using System.Numerics;

namespace Resolver.Sat.Domains;

/// <summary>The same for variables of more than 63 values, whose sets lie in the pool.</summary>
public sealed partial class DomainEngine
{
    private bool IsTrueWide(ref VariableState state, int set)
    {
        var domain = Pool.AsSpan(state.Wide, state.Words);
        var words = Pool.AsSpan(set, state.Words);
        for (var i = 0; i < domain.Length; i++)
        {
            if ((domain[i] & ~words[i]) != 0)
                return false;
        }

        return true;
    }

    private bool IsFalseWide(ref VariableState state, int set)
    {
        var domain = Pool.AsSpan(state.Wide, state.Words);
        var words = Pool.AsSpan(set, state.Words);
        for (var i = 0; i < domain.Length; i++)
        {
            if ((domain[i] & words[i]) != 0)
                return false;
        }

        return true;
    }

    private DomainValue SingleWide(ref VariableState state)
    {
        var found = DomainValue.None;
        var domain = Pool.AsSpan(state.Wide, state.Words);
        for (var i = 0; i < domain.Length; i++)
        {
            var word = domain[i];
            if (word == 0)
                continue;
            if (!found.IsNone || (word & (word - 1)) != 0)
                return DomainValue.None;
            found = new DomainValue((i * 64) + BitOperations.TrailingZeroCount(word));
        }

        return found;
    }

    private DomainValue HighestWide(ref VariableState state)
    {
        for (var i = state.Words - 1; i >= 0; i--)
        {
            var word = Pool[state.Wide + i];
            if (i == state.Words - 1)
                word &= ~(1UL << state.Values);
            if (word != 0)
                return new DomainValue((i * 64) + BitOperations.Log2(word));
        }

        return DomainValue.None;
    }

    private bool RemoveWide(EngineVariable variable, int set, NogoodId nogood)
    {
        ref var state = ref Variables[variable.Index];
        var domain = Pool.AsSpan(state.Wide, state.Words);
        var words = Pool.AsSpan(set, state.Words);
        ulong removed = 0,
            left = 0;
        for (var i = 0; i < domain.Length; i++)
        {
            removed |= domain[i] & words[i];
            left |= domain[i] & ~words[i];
        }

        if (removed == 0)
            return true;
        if (left == 0)
        {
            Conflict = nogood;
            return false;
        }

        Push(variable, ref state, nogood, Save(ref state));
        for (var i = 0; i < domain.Length; i++)
            domain[i] &= ~words[i];
        return true;
    }

    /// <summary>Puts the domain on the stack of saved ones; where it lies there.</summary>
    private ulong Save(ref VariableState state)
    {
        Growth.Reserve(ref Trail.Saved, Trail.SavedCount + state.Words);
        Pool.AsSpan(state.Wide, state.Words).CopyTo(Trail.Saved.AsSpan(Trail.SavedCount));
        Trail.SavedCount += state.Words;
        return (ulong)(Trail.SavedCount - state.Words);
    }

    /// <summary>Acts on the watched sets that the domain lies within now and did not before.</summary>
    private bool SweepWide(EngineVariable variable, int saved)
    {
        var words = Variables[variable.Index].Words;
        for (var k = 0; k < Variables[variable.Index].SlotCount; k++)
        {
            ref var state = ref Variables[variable.Index];
            var domain = Pool.AsSpan(state.Wide, words);
            var set = Pool.AsSpan((int)Watches.Sets[state.SlotStart + k], words);
            var before = Trail.Saved.AsSpan(saved, words);
            ulong outsideNow = 0,
                outsideBefore = 0;
            for (var i = 0; i < words; i++)
            {
                outsideNow |= domain[i] & ~set[i];
                if (outsideNow != 0)
                    break;
                outsideBefore |= before[i] & ~set[i];
            }

            if (outsideNow != 0 || outsideBefore == 0)
                continue;
            var slot = new SlotIndex(state.SlotStart + k);
            if (!Fire(variable, slot))
                return false;
            if (Watches.IsEmpty(slot))
            {
                Watches.RemoveSlot(ref State(variable), slot);
                k--;
            }
        }

        return true;
    }

    private SlotIndex FindSlotWide(ref VariableState state, int set)
    {
        var words = Pool.AsSpan(set, state.Words);
        for (var k = 0; k < state.SlotCount; k++)
        {
            if (words.SequenceEqual(Pool.AsSpan((int)Watches.Sets[state.SlotStart + k], state.Words)))
                return new SlotIndex(state.SlotStart + k);
        }

        return SlotIndex.None;
    }
}
