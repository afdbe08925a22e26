using Resolver.Packaging.Parsing;

namespace Resolver.Archives.Metadata;

/// <summary>A value that should name a file holds a character that no path can hold.</summary>
/// <param name="path">The value, as it stands.</param>
internal sealed class PathException(string path)
    : Exception($"it names the file {OneLine.Quote(path)}, and a path cannot hold {Describe(path)}")
{
    // Those that only Windows forbids are left to it: the files of a project are the same on every machine.
    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create("\0");

    /// <summary>The path.</summary>
    /// <exception cref="PathException">It can be none.</exception>
    public static string Checked(string path) =>
        path.AsSpan().ContainsAny(Forbidden) || HasLoneSurrogate(path) ? throw new PathException(path) : path;

    private static string Describe(string path) =>
        path.Contains('\0', StringComparison.Ordinal) ? "a NUL" : "half of a surrogate pair";

    private static bool HasLoneSurrogate(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (!char.IsSurrogate(path[i]))
                continue;
            if (i + 1 >= path.Length || !char.IsSurrogatePair(path[i], path[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
