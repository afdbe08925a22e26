using Resolver.Packaging.Names;

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
            if (
                Math.Abs(name.Length - text.Length) < least
                && NameDistance.Between(text, name, least - 1) is var distance
                && distance < least
            )
                (nearest, least) = (name, distance);
        }

        return nearest;
    }
}
