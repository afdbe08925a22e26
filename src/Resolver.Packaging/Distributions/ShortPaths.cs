namespace Resolver.Packaging.Distributions;

/// <summary>The shortest paths that are unique among those shown together: the name of the file, and as
/// many of the folders around it as that takes.</summary>
public sealed class ShortPaths
{
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);

    /// <param name="paths">The paths of distributions (<see cref="DistributionPath"/>) that are shown together.</param>
    public ShortPaths(IEnumerable<string> paths)
    {
        var pending = paths.Select(path => DistributionPath.Parse(path).File).Distinct(StringComparer.Ordinal).ToList();
        for (var parts = 1; pending.Count > 0; parts++)
        {
            var alike = new List<string>();
            foreach (var group in pending.GroupBy(file => End(file, parts), StringComparer.Ordinal))
            {
                var members = group.ToList();
                foreach (var file in members)
                {
                    // A whole path may be the end of another, but no two are equal, so the loop ends.
                    if (members.Count == 1 || file == group.Key)
                        files[file] = group.Key;
                    else
                        alike.Add(file);
                }
            }
            pending = alike;
        }
    }

    /// <summary>The short form of a path; one that is not among those given, as it is.</summary>
    public string this[string path]
    {
        get
        {
            var parsed = DistributionPath.Parse(path);
            return files.TryGetValue(parsed.File, out var file) ? (parsed with { File = file }).ToString() : path;
        }
    }

    /// <summary>The last parts of a path; the path itself where it has no more than these.</summary>
    private static string End(string file, int parts)
    {
        var start = file.TrimEnd('/').Length;
        for (var left = parts; left > 0; left--)
        {
            if (start <= 0)
                return file;
            start = file.LastIndexOf('/', start - 1);
        }
        return start < 0 ? file : file[(start + 1)..];
    }
}
