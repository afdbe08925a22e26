using System.Collections;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;

namespace Resolver.Archives.Index;

/// <summary>One distribution of an archive: as it is kept, or itself where it is not kept alone.</summary>
internal readonly record struct Held(KeptReading? Kept, Distribution? Whole)
{
    public Distribution Distribution => Whole ?? Kept!.Decode()[0];
}

/// <summary>The reading of one file as the index has it, and where the file lies: a few hundred bytes, of which a distribution is made when somebody looks.</summary>
internal sealed record KeptReading(string Prefix, string Name, byte[] Sha256, byte[] Data)
{
    public Distribution[] Decode() => FileReadingCodec.Decode(Data, Name, Convert.ToHexStringLower(Sha256), Prefix);

    /// <summary>The reading's distributions, each by itself.</summary>
    public IEnumerable<Held> Parts => FileReadingCodec.Count(Data) == 1 ? [new Held(this, null)] : Decode().Select(each => new Held(null, each));
}

/// <summary>Distributions by path, of which nothing is held but the bytes they are made from: of an archive of any size only those that are looked at take the room of objects.</summary>
/// <remarks>Each look makes a new, equal object. Safe to share between threads.</remarks>
internal sealed class HeldDistributions : IReadOnlyList<Distribution>
{
    private readonly Held[] held;

    public HeldDistributions(IEnumerable<Held> held)
    {
        this.held = [.. held];
        Array.Sort(this.held, static (a, b) =>
        {
            var order = ComparePaths(a, b);
            return order != 0 ? order : a.Distribution.Problems.Count.CompareTo(b.Distribution.Problems.Count);
        });
    }

    public int Count => held.Length;

    /// <summary>How many are held as objects.</summary>
    public int WholeCount => held.Count(each => each.Whole is not null);

    public Distribution this[int index] => held[index].Distribution;

    /// <summary>Those that may share their key with another: all that do, and hardly any more.</summary>
    public IEnumerable<(int Index, Distribution Distribution)> NotAlone()
    {
        // A wheel's key is the name of its file, for which nothing need be decoded.
        var keys = new int[held.Length];
        Parallel.For(0, held.Length, i => keys[i] = held[i].Kept is { Name: var name } && name.EndsWith(".whl", StringComparison.OrdinalIgnoreCase)
            ? name.GetHashCode(StringComparison.Ordinal)
            : KeyOf(this[i]));
        var (seen, shared) = (new HashSet<int>(keys.Length), new HashSet<int>());
        foreach (var key in keys)
        {
            if (!seen.Add(key)) shared.Add(key);
        }
        return shared.Count == 0 ? [] : Enumerable.Range(0, held.Length).Where(i => shared.Contains(keys[i])).Select(i => (i, this[i]));

        static int KeyOf(Distribution each) => each.Kind == DistributionKind.Wheel
            ? Path.GetFileName(each.Path!).GetHashCode(StringComparison.Ordinal)
            : HashCode.Combine(each.Name, each.Version);
    }

    /// <summary>Puts an object in the place of another.</summary>
    public void Replace(int index, Distribution distribution) => held[index] = new Held(null, distribution);

    public IEnumerator<Distribution> GetEnumerator() => held.Select(each => each.Distribution).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int ComparePaths(Held a, Held b)
    {
        if (a.Kept is { } kept && b.Kept is { } other && kept.Prefix == other.Prefix) return string.CompareOrdinal(kept.Name, other.Name);
        var (first, second) = (Parts(a), Parts(b));
        // Prefix and name are one text in two pieces: what they have in common is compared piece by piece.
        for (var at = 0; ;)
        {
            var left = Rest(first, at);
            var right = Rest(second, at);
            if (left.IsEmpty || right.IsEmpty) return left.Length - right.Length;
            var length = Math.Min(left.Length, right.Length);
            var order = left[..length].SequenceCompareTo(right[..length]);
            if (order != 0) return order;
            at += length;
        }

        static (string Prefix, string Name) Parts(Held each) => each.Kept is { } kept ? (kept.Prefix, kept.Name) : (each.Whole!.Path ?? "", "");

        static ReadOnlySpan<char> Rest((string Prefix, string Name) path, int at) =>
            at < path.Prefix.Length ? path.Prefix.AsSpan(at) : path.Name.AsSpan(at - path.Prefix.Length);
    }
}
