using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Encodings;

/// <summary>The bitsets of a <see cref="Problem"/>, as arrays.</summary>
internal static class CandidateBits
{
    public static ulong[] Usable(Problem problem, VariableId variable)
    {
        var words = Empty(problem, variable);
        problem.Usable(variable, words);
        return words;
    }

    public static ulong[] Satisfying(Problem problem, RequirementId requirement)
    {
        var words = Empty(problem, problem.Target(requirement));
        problem.Satisfying(requirement, words);
        return words;
    }

    public static bool Has(ReadOnlySpan<ulong> words, int candidate) => (words[candidate >> 6] >> candidate & 1) != 0;

    private static ulong[] Empty(Problem problem, VariableId variable) =>
        new ulong[(problem.CandidateCount(variable) + 63) / 64];
}
