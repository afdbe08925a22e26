using System.Buffers;

namespace Resolver.Archives.Containers;

/// <summary>Makes paths inside containers safe (PEP 706, 721): nothing that could name a place outside the container
/// passes.</summary>
public static class EntryPath
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\\");

    /// <summary>The path with <c>/</c>, without empty and <c>.</c> parts, or why it is refused.</summary>
    /// <param name="raw">As written in the container.</param>
    /// <param name="reason">Why it is refused; null where it is not.</param>
    /// <returns>The path, empty for the container's own root, or null where it is refused.</returns>
    public static string? Normalize(string raw, ContainerLimits limits, out string? reason)
    {
        reason = null;
        if (raw.Length > limits.PathLength)
            reason = $"is longer than {limits.PathLength} characters";
        else if (raw.AsSpan().IndexOfAny(Forbidden) is var at and >= 0)
            reason = raw[at] == '\0' ? "holds a NUL" : "holds a backslash";
        else if (raw.StartsWith('/'))
            reason = "is absolute";
        else if (raw.Length > 1 && raw[1] == ':' && char.IsAsciiLetter(raw[0]))
            reason = "names a drive";
        if (reason is not null)
            return null;
        if (IsPlain(raw))
            return raw;

        var parts = raw.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Contains(".."))
            reason = "climbs out by '..'";
        else if (parts.Length - 1 > limits.Depth)
            reason = $"is deeper than {limits.Depth} folders";
        return reason is null ? string.Join('/', parts.Where(p => p != ".")) : null;
    }

    /// <summary>Where a link inside the container leads, as a path inside it; null where it leads outside.</summary>
    /// <param name="from">The link's own safe path.</param>
    /// <param name="target">As written in the container.</param>
    /// <param name="relative">Whether the target is relative to the link's folder (symbolic) or to the root
    /// (hard).</param>
    public static string? Resolve(string from, string target, bool relative)
    {
        if (target.Length == 0 || target.StartsWith('/') || target.AsSpan().IndexOfAny(Forbidden) >= 0)
            return null;
        var parts = new List<string>(relative ? from.Split('/')[..^1] : []);
        foreach (var part in target.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    /// <summary>The common case, without allocation: no part is empty or begins with a dot, and there are
    /// few.</summary>
    private static bool IsPlain(string path)
    {
        var slashes = 0;
        var atStart = true;
        foreach (var c in path)
        {
            if (atStart && c is '.' or '/' && atStart)
                return false;
            atStart = c == '/';
            if (atStart && ++slashes > 16)
                return false;
        }
        return !atStart;
    }
}
