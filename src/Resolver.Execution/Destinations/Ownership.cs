namespace Resolver.Execution.Destinations;

/// <summary>Whose a file of a destination is, by the RECORDs that lie there.</summary>
internal static class Ownership
{
    /// <summary>The files an installed distribution owns that are there, their bytecode included; below the base.
    /// Without a RECORD, those of its own folder.</summary>
    public static IReadOnlyList<string> FilesOf(InstalledProject project, string origin)
    {
        var record = Path.Combine(project.Path, "RECORD");
        if (!File.Exists(record))
            return Directory.Exists(project.Path)
                ? [.. DestinationFiles.List([project.Path], origin)]
                : [DestinationFiles.Relative(origin, project.Path)];
        var site = Path.GetDirectoryName(project.Path)!;
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var written in RecordFile.Paths(record))
        {
            var path = Path.GetFullPath(Path.Combine(site, written));
            if (!Uninstallation.LiesBelow(path, origin) || !SavedFiles.Exists(path))
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
}
