using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Requests;

/// <summary>Requirements by URL (PEP 508): met by the very file, or by a file of that name where the URL leads
/// elsewhere.</summary>
internal static class DirectReference
{
    /// <summary>Whether the candidate lies where the URL points, with the hash it names, if any.</summary>
    public static bool IsMetBy(string url, Candidate candidate)
    {
        if (candidate.Path is not { } path)
            return false;
        var fragment = "";
        if (url.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0)
            (url, fragment) = (url[..hash], url[(hash + 1)..]);
        var options = fragment
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split('=', 2))
            .Where(each => each.Length == 2)
            .GroupBy(each => each[0])
            .ToDictionary(group => group.Key, group => group.First()[1]);
        if (
            options.TryGetValue("sha256", out var expected)
            && !string.Equals(candidate.Sha256, expected, StringComparison.OrdinalIgnoreCase)
        )
            return false;
        var (file, subdirectory) = Split(path);
        if ((options.GetValueOrDefault("subdirectory") ?? "") != subdirectory)
            return false;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return Path.GetFullPath(url) == Path.GetFullPath(file);
        return uri.IsFile
            ? Path.GetFullPath(uri.LocalPath) == Path.GetFullPath(file)
            : Path.GetFileName(Uri.UnescapeDataString(uri.AbsolutePath)) == Path.GetFileName(file);
    }

    private static (string File, string Subdirectory) Split(string path)
    {
        const string marker = "#subdirectory=";
        var at = path.IndexOf(marker, StringComparison.Ordinal);
        return at < 0 ? (path, "") : (path[..at], path[(at + marker.Length)..]);
    }
}
