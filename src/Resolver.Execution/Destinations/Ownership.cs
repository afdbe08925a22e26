namespace Resolver.Execution.Destinations;

/// <summary>Whose a file of a destination is, by the RECORDs that lie there.</summary>
internal static class Ownership
{
    /// <summary>The files an installed distribution owns that are there, their bytecode included; below the base.
    /// Without a RECORD, those of its own folder.</summary>
    public static IReadOnlyList<string> FilesOf(InstalledProject project, string origin)
    {
        var record = Path.Combine(project.Path, "RECORD");
        if (!RecordFile.IsThere(record))
            return Directory.Exists(project.Path)
                ? [.. DestinationFiles.List([project.Path], origin)]
                : [DestinationFiles.Relative(origin, project.Path)];
        var site = Path.GetDirectoryName(project.Path)!;
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var places = new RealPaths(origin);
        foreach (var written in RecordFile.Paths(record))
        {
            if (places.Below(Path.Combine(site, written)) is not { } path || !SavedFiles.Exists(path))
                continue;
            files.Add(DestinationFiles.Relative(origin, path));
            foreach (var bytecode in Uninstallation.BytecodeOf(path))
                files.Add(DestinationFiles.Relative(origin, bytecode));
        }
        return [.. files];
    }

    /// <summary>Everything owned by others than the given projects.</summary>
    public static HashSet<string> OfOthers(
        IReadOnlyList<string> siteFolders,
        IReadOnlyCollection<Packaging.Names.PackageName> projects,
        string origin
    ) =>
        [
            .. SiteFolder
                .List(siteFolders)
                .Where(each => !projects.Contains(each.Name))
                .SelectMany(each => FilesOf(each, origin)),
        ];

    /// <summary>Which of these files the RECORDs of other projects list, and whose they are.</summary>
    /// <param name="project">Whose other distributions count as its own.</param>
    /// <param name="files">Below the base, with <c>/</c>.</param>
    public static IReadOnlyDictionary<string, InstalledProject> ListedByOthers(
        IReadOnlyList<string> siteFolders,
        Packaging.Names.PackageName project,
        IReadOnlyCollection<string> files,
        string origin
    )
    {
        var asked = files.ToHashSet(StringComparer.Ordinal);
        var found = new SortedDictionary<string, InstalledProject>(StringComparer.Ordinal);
        if (asked.Count == 0)
            return found;
        var places = new RealPaths(origin);
        foreach (var other in SiteFolder.List(siteFolders).Where(each => each.Name != project))
        {
            var record = Path.Combine(other.Path, "RECORD");
            if (!RecordFile.IsThere(record))
                continue;
            foreach (var written in RecordFile.Paths(record))
            {
                if (
                    places.Below(Path.Combine(Path.GetDirectoryName(other.Path)!, written)) is { } path
                    && DestinationFiles.Relative(origin, path) is var file
                    && asked.Contains(file)
                )
                    found.TryAdd(file, other);
            }
        }
        return found;
    }
}
