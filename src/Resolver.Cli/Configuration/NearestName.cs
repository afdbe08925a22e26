namespace Resolver.Cli.Configuration;

/// <summary>The known name that somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest by insertions, deletions, exchanges and swaps of letters (Damerau-Levenshtein, optimal
    /// string alignment); null where none is within a third of the text's length, at least one.</summary>
    public static string? To(string text, IEnumerable<string> known)
    {
        var allowed = Math.Max(1, text.Length / 3);
        var (nearest, least) = ((string?)null, allowed + 1);
        foreach (var name in known)
        {
            if (Math.Abs(name.Length - text.Length) < least && Distance(text, name) is var distance && distance < least)
                (nearest, least) = (name, distance);
        }

        return nearest;
    }

    private static int Distance(string a, string b)
    {
        var (before, previous) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray());
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

        return previous[b.Length];
    }
}
