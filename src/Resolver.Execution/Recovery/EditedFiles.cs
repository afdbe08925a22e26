using Resolver.Execution.Destinations;
using Resolver.Execution.Runs;
using Resolver.Execution.Verification;

namespace Resolver.Execution.Recovery;

/// <summary>Files of a step that someone changed after it: their content is not what the step's RECORD says.</summary>
/// <param name="origin">The base of the destination.</param>
internal sealed class EditedFiles(string origin)
{
    /// <summary>Below the origin, with <c>/</c>. Bytecode is never among them: whoever imports writes it.</summary>
    /// <param name="copies">Where the files of the step are kept once an undo has begun: the RECORD may be gone from
    /// the destination by then.</param>
    public IReadOnlyList<string> Of(StepRecord step, string copies)
    {
        var added = step.Added.ToHashSet(StringComparer.Ordinal);
        var edited = new List<string>();
        foreach (var record in added.Where(file => file.EndsWith(".dist-info/RECORD", StringComparison.Ordinal)))
        {
            var (there, kept) = (Path.Combine(origin, record), Path.Combine(copies, record));
            var list = RecordFile.IsThere(there) ? there : kept;
            if (!RecordFile.IsThere(list))
                continue;
            var site = Path.GetDirectoryName(Path.GetDirectoryName(there)!)!;
            foreach (var entry in RecordFile.Entries(list))
            {
                var path = Path.GetFullPath(Path.Combine(site, entry.Path));
                var file = DestinationFiles.Relative(origin, path);
                if (added.Contains(file) && File.Exists(path) && !InstalledResult.IsIntact(entry, site))
                    edited.Add(file);
            }
        }
        edited.Sort(StringComparer.Ordinal);
        return edited;
    }
}
