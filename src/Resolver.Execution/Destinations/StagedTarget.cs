namespace Resolver.Execution.Destinations;

/// <summary>Puts what pip installed into an empty folder into a <c>--target</c> that may hold something. pip's own
/// <c>--target</c> leaves out every top-level folder that is there already (<c>bin</c>, a namespace two projects
/// share), or with <c>--upgrade</c> deletes it first; it must not be let near one that is in use.</summary>
internal static class StagedTarget
{
    /// <summary>Moves every file of the stage to its place.</summary>
    /// <returns>Null, or, before anything is moved, the file that another project has there with other
    /// content.</returns>
    public static string? Merge(string stage, string target)
    {
        foreach (
            var record in Directory.EnumerateFiles(
                stage,
                "RECORD",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }
            )
        )
            CorrectScripts(record);
        var files = Directory
            .EnumerateFiles(
                stage,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
            )
            .Select(file => (Source: file, Destination: Path.Combine(target, Path.GetRelativePath(stage, file))))
            .ToList();
        foreach (var (source, destination) in files)
        {
            if (File.Exists(destination) && !IsBytecode(destination) && !FileContent.Equals(source, destination))
                return destination;
        }
        foreach (var (source, destination) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            File.Move(source, destination, overwrite: true);
        }
        return null;
    }

    // pip writes RECORD for the layout it built in (home/lib/python), two folders deeper than where the packages end
    // up.
    private static void CorrectScripts(string record)
    {
        var text = File.ReadAllText(record);
        var lines = text.Split('\n')
            .Select(line => line.StartsWith("../../", StringComparison.Ordinal) ? line[6..] : line);
        File.WriteAllText(record, string.Join('\n', lines));
    }

    private static bool IsBytecode(string path) => Path.GetExtension(path) == ".pyc";
}
