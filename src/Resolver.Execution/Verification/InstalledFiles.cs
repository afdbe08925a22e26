using Resolver.Execution.Destinations;

namespace Resolver.Execution.Verification;

/// <summary>Whether the files of what is installed are those that were installed, by the RECORDs (PEP 376, 627).
/// Bytecode is passed over: whoever imports writes it.</summary>
public static class InstalledFiles
{
    /// <summary>What is wrong, by path. A distribution without a RECORD says nothing of its files and is passed
    /// over.</summary>
    /// <param name="distributions">Their <c>.dist-info</c> or <c>.egg-info</c>, absolute.</param>
    public static IReadOnlyList<FileProblem> Check(IEnumerable<string> distributions)
    {
        var found = new List<FileProblem>();
        var folders = distributions.Where(Directory.Exists).Distinct(StringComparer.Ordinal).ToList();
        var sites = folders.Select(folder => Path.GetDirectoryName(folder)!).Distinct(StringComparer.Ordinal).ToList();
        var installed = SiteFolder.List(sites);
        found.AddRange(
            installed
                .GroupBy(each => (each.Name, Path.GetDirectoryName(each.Path)))
                .Where(group => group.Count() > 1)
                .Select(group => new FileProblem(
                    FileProblemKind.InstalledTwice,
                    group.First().ToString(),
                    group.First().Path,
                    group.Last().ToString()
                ))
        );

        var owners = new Dictionary<string, (InstalledProject Owner, RecordEntry Entry)>(StringComparer.Ordinal);
        foreach (var project in installed.Where(each => folders.Contains(each.Path)))
        {
            var record = Path.Combine(project.Path, "RECORD");
            if (!RecordFile.IsThere(record))
                continue;
            var site = Path.GetDirectoryName(project.Path)!;
            foreach (var entry in RecordFile.Entries(record).Where(entry => Path.GetExtension(entry.Path) != ".pyc"))
            {
                var path = Path.GetFullPath(Path.Combine(site, entry.Path));
                if (owners.TryGetValue(path, out var first) && first.Owner != project)
                {
                    if (first.Entry.Hash != entry.Hash)
                        found.Add(
                            new FileProblem(
                                FileProblemKind.OwnedTwice,
                                project.ToString(),
                                path,
                                first.Owner.ToString()
                            )
                        );
                    continue;
                }
                owners[path] = (project, entry);
                if (!File.Exists(path))
                    found.Add(new FileProblem(FileProblemKind.Missing, project.ToString(), path));
                else if (!IsIntact(entry, site))
                    found.Add(new FileProblem(FileProblemKind.Changed, project.ToString(), path));
            }
        }
        // Where two own a file, one of them finds it changed: that is the same thing said twice.
        var twice = found
            .Where(each => each.Kind == FileProblemKind.OwnedTwice)
            .Select(each => each.Path)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. found
                .Where(each => each.Kind != FileProblemKind.Changed || !twice.Contains(each.Path))
                .OrderBy(each => each.Path, StringComparer.Ordinal)
                .ThenBy(each => each.Owner, StringComparer.Ordinal),
        ];
    }

    private static bool IsIntact(RecordEntry entry, string site)
    {
        try
        {
            return InstalledResult.IsIntact(entry, site);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's file: nothing is known against it.
            return true;
        }
    }
}
