using Resolver.Resolution.Consistency;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Batches;

/// <summary>A guess at a large batch: project by project, the version that excludes the fewest of the others as far as
/// arc consistency can tell, the newest of those that exclude as many.</summary>
internal static class SparingVersions
{
    /// <summary>By choice: the version, or -1 where nothing is left of it.</summary>
    /// <param name="consistency">As it was, afterwards.</param>
    /// <param name="versionRoots">By choice and version: what asks for exactly that version.</param>
    public static int[] Guess(
        ArcConsistency consistency,
        IReadOnlyList<BatchChoice> choices,
        Func<int, int, RequirementId> versionRoots
    )
    {
        var start = consistency.Mark;
        var variables = choices.Select(each => each.Variable).ToHashSet();
        var guessed = new int[choices.Count];
        for (var i = 0; i < choices.Count; i++)
        {
            var (best, least) = (-1, int.MaxValue);
            for (var version = choices[i].Versions.Count - 1; version >= 0 && least > 0; version--)
            {
                if (!consistency.IsLive(choices[i].Variable, version + 1))
                    continue;
                var mark = consistency.Mark;
                var isPossible = consistency.Require(versionRoots(i, version)) is null;
                var excluded = isPossible
                    ? consistency
                        .RemovedSince(mark)
                        .Where(variables.Contains)
                        .Distinct()
                        .Count(each => consistency.LiveCount(each) == 1)
                    : int.MaxValue;
                consistency.UndoTo(mark);
                if (excluded < least)
                    (best, least) = (version, excluded);
            }
            guessed[i] = best;
            if (best >= 0)
                consistency.Require(versionRoots(i, best));
        }
        consistency.UndoTo(start);
        return guessed;
    }
}
