namespace Resolver.Packaging.Names;

/// <summary>How far apart two names are, to find the one that somebody meant.</summary>
public static class NameDistance
{
    /// <summary>The least number of letters inserted, deleted, replaced or swapped with their neighbour that make one
    /// text the other (Damerau-Levenshtein distance, optimal string alignment).</summary>
    /// <param name="most">What is further apart than this need not be told how far: any greater number is
    /// returned.</param>
    public static int Between(string a, string b, int most = int.MaxValue)
    {
        var width = b.Length + 1;
        Span<int> rows = width <= 64 ? stackalloc int[3 * width] : new int[3 * width];
        var before = rows[..width];
        var previous = rows[width..(2 * width)];
        var current = rows[(2 * width)..];
        for (var j = 0; j < width; j++)
            previous[j] = j;
        var leastBefore = 0;
        for (var i = 1; i <= a.Length; i++)
        {
            var least = current[0] = i;
            for (var j = 1; j < width; j++)
            {
                current[j] = Math.Min(
                    Math.Min(current[j - 1], previous[j]) + 1,
                    previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                least = Math.Min(least, current[j]);
            }
            // A swap goes back two rows.
            if (least > most && leastBefore >= most)
                return least;
            leastBefore = least;
            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }
        return previous[b.Length];
    }

    /// <summary>The same for normalized names of projects: 0 where only hyphens differ; null where they are too far
    /// apart for a slip of the keyboard, which is one letter, or two in names of seven letters or more.</summary>
    public static int? OfSlip(string a, string b)
    {
        if (IsSameButForHyphens(a, b))
            return 0;
        var allowed = a.Length < 7 ? 1 : 2;
        return
            a.Length >= 3
            && b.Length >= 3
            && Math.Abs(a.Length - b.Length) <= allowed
            && Between(a, b, allowed) is var distance
            && distance <= allowed
            ? distance
            : null;
    }

    private static bool IsSameButForHyphens(string a, string b)
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
