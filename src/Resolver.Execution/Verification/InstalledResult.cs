using Resolver.Archives.Files;
using Resolver.Execution.Destinations;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Verification;

/// <summary>Whether what a step installed is still as it was, by its RECORD.</summary>
internal static class InstalledResult
{
    /// <summary>True where the project is there once, at the planned version, and every file of its RECORD has the
    /// content that is written there.</summary>
    public static bool IsIntact(PlanStep step, IReadOnlyList<string> siteFolders)
    {
        if (
            SiteFolder.List(siteFolders).Where(each => each.Name == step.Candidate.Name).ToList() is not [var only]
            || only.Version != step.Candidate.Version
        )
            return false;
        var record = Path.Combine(only.Path, "RECORD");
        return RecordFile.IsThere(record)
            && RecordFile.Entries(record).All(entry => IsIntact(entry, Path.GetDirectoryName(only.Path)!));
    }

    /// <summary>Whether one file has the content its RECORD says; one without a hash need only be there, and bytecode
    /// need not even that.</summary>
    public static bool IsIntact(RecordEntry entry, string siteFolder)
    {
        var path = Path.GetFullPath(Path.Combine(siteFolder, entry.Path));
        if (!File.Exists(path))
            return Path.GetExtension(path) == ".pyc";
        if (entry.Hash is null || Path.GetExtension(path) == ".pyc")
            return true;
        using var stream = DiskFile.OpenRead(path);
        return RecordHash.Of(entry.Algorithm, stream) is not { } actual || RecordHash.Fits(entry.Hash, actual);
    }
}
