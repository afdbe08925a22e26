namespace Resolver.Execution.Destinations;

/// <summary>Sees which files of a destination change: after each step that is compared with what the step was allowed
/// to change. Bytecode does not count, as every import may write it.</summary>
/// <param name="folders">The folders to look at.</param>
/// <param name="origin">The base of the destination.</param>
/// <param name="copies">Where copies of all files are kept, so that they can be restored; null: nothing is
/// restored.</param>
internal sealed class PrefixWatch(IReadOnlyList<string> folders, string origin, SavedFiles? copies)
{
    private Dictionary<string, (long Size, DateTimeOffset Changed)>? known;
    private Dictionary<string, (long Size, DateTimeOffset Changed)>? seen;

    /// <summary>Takes what <see cref="Changes"/> has just seen for what is there; looks for the first time without
    /// it.</summary>
    /// <exception cref="IOException">A copy cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Accept()
    {
        var now = seen ?? Read();
        if (copies is not null)
        {
            var changed = now.Where(file => known?.GetValueOrDefault(file.Key) != file.Value)
                .Select(file => file.Key)
                .ToList();
            copies.Forget(changed);
            copies.Save(changed);
        }
        (known, seen) = (now, null);
    }

    /// <summary>What changed since, other than the allowed files: how, and the path below the base; by path.</summary>
    public IReadOnlyList<(string How, string File)> Changes(IReadOnlySet<string> allowed)
    {
        if (known is null)
            return [];
        var now = seen = Read();
        return
        [
            .. known
                .Where(file => !now.ContainsKey(file.Key))
                .Select(file => ("removed", file.Key))
                .Concat(
                    now.Where(file => known.GetValueOrDefault(file.Key) != file.Value)
                        .Select(file => (known.ContainsKey(file.Key) ? "changed" : "added", file.Key))
                )
                .Where(change => !allowed.Contains(change.Key))
                .OrderBy(change => change.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Puts back what was changed or removed, and deletes what was added. Only with copies.</summary>
    /// <exception cref="IOException">Something cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Restore(IReadOnlyList<(string How, string File)> changes)
    {
        if (copies is null)
            return;
        seen = null;
        copies.Delete([.. changes.Where(change => change.How == "added").Select(change => change.File)], folders);
        copies.Restore([.. changes.Where(change => change.How != "added").Select(change => change.File)]);
    }

    private Dictionary<string, (long, DateTimeOffset)> Read()
    {
        var files = new Dictionary<string, (long, DateTimeOffset)>(StringComparer.Ordinal);
        foreach (
            var (path, isFolder, size, changed) in folders.Where(Directory.Exists).SelectMany(DestinationFiles.Entries)
        )
        {
            if (isFolder || Path.GetExtension(path) == ".pyc")
                continue;
            var file = DestinationFiles.Relative(origin, path);
            if (file != PrefixLock.FileName)
                files[file] = (size, changed);
        }
        return files;
    }
}
