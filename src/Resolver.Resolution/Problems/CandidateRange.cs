namespace Resolver.Resolution.Problems;

/// <summary>Neighbouring candidates in a bitset, a word at a time: candidate i is bit i % 64 of word i / 64.</summary>
internal static class CandidateRange
{
    /// <summary>Sets the bits of candidates <paramref name="from"/> to <paramref name="to"/> - 1; others
    /// stay.</summary>
    public static void Set(Span<ulong> words, int from, int to)
    {
        while (from < to)
        {
            var word = from >> 6;
            var end = Math.Min(to, (word + 1) << 6);
            words[word] |= (ulong.MaxValue >> (64 - (end - from))) << from;
            from = end;
        }
    }
}
