using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Explanations.Hints;

/// <summary>Projects of the archive whose name differs from a requested one by a slip of the keyboard.</summary>
internal static class SimilarNames
{
    /// <summary>A hint for each such project, the most similar first. A name that is nearly right helps only where a
    /// version meets all bounds.</summary>
    public static IEnumerable<Hint> Of(string name, ICandidateSource source, IReadOnlyList<string> bounds)
    {
        var read = bounds.Where(each => each.Length > 0).Select(SpecifierSet.TryParse).Where(each => each.Success);
        var sets = read.Select(each => each.Value).ToList();
        return source
            .Projects.Select(each => (Name: each, Apart: Distance(name, each.Normalized)))
            .Where(each => each.Apart is not null && each.Name.Normalized != name)
            .OrderBy(each => each.Apart)
            .ThenBy(each => each.Name)
            .Where(each => source.CandidatesOf(each.Name).Any(candidate => IsIn(candidate, sets)))
            .Select(each => new Hint(
                name,
                null,
                "misspelt",
                $"the archive has no {name}, but it has {each.Name}: did you mean that?"
            )
            {
                Meant = each.Name.Normalized,
            });
    }

    private static bool IsIn(Candidate candidate, List<SpecifierSet> bounds) =>
        bounds.TrueForAll(bound => bound.Contains(candidate.Version, prereleases: true));

    /// <summary>How many edits apart (Levenshtein; a swap of neighbours is one); 0 where only separators differ. Null
    /// where too many for a slip: one, or two in longer names.</summary>
    internal static int? Distance(string a, string b)
    {
        if (IsSameButForDashes(a, b))
            return 0;
        var allowed = a.Length < 7 ? 1 : 2;
        if (a.Length < 3 || b.Length < 3 || Math.Abs(a.Length - b.Length) > allowed)
            return null;
        int[] before = [],
            previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(
                    Math.Min(current[j - 1], previous[j]) + 1,
                    previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            (before, previous) = (previous, current);
        }
        return previous[b.Length] <= allowed ? previous[b.Length] : null;
    }

    private static bool IsSameButForDashes(string a, string b)
    {
        for (int i = 0, j = 0; ; i++, j++)
        {
            while (i < a.Length && a[i] == '-')
                i++;
            while (j < b.Length && b[j] == '-')
                j++;
            if (i == a.Length || j == b.Length)
                return i == a.Length && j == b.Length;
            if (a[i] != b[j])
                return false;
        }
    }
}
