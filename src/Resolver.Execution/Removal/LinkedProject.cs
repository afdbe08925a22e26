using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Execution.Destinations;
using Resolver.Execution.Processes;
using Resolver.Interpreters;
using Resolver.Packaging.Installed;
using Resolver.Packaging.Names;

namespace Resolver.Execution.Removal;

/// <summary>An editable install of setuptools before PEP 660 (<see cref="EggLink"/>): what goes are the link, the
/// project's line of <c>easy-install.pth</c> and its console scripts; the tree stays.</summary>
internal static class LinkedProject
{
    private const string PathFile = "easy-install.pth";

    /// <summary>Those of these names in site folders.</summary>
    public static IEnumerable<RemovedProject> In(
        IReadOnlyList<string> siteFolders,
        IReadOnlySet<PackageName> names,
        InstallDestination destination,
        Interpreter interpreter
    )
    {
        foreach (var link in EggLink.In(siteFolders).Where(link => names.Contains(link.Name)))
        {
            if (SiteFolder.List([link.Location]).FirstOrDefault(each => each.Name == link.Name) is not { } project)
                continue;
            if (project.Version is not { } version)
                continue;
            var paths = Path.Combine(Path.GetDirectoryName(link.File)!, PathFile);
            yield return new RemovedProject(
                link.Name,
                version,
                project.Path,
                [
                    .. Scripts(project.Path, destination.ScriptFolder(interpreter))
                        .Prepend(link.File)
                        .Select(file => DestinationFiles.Relative(destination.Base, file)),
                ]
            )
            {
                PathLine = (DestinationFiles.Relative(destination.Base, paths), link.Location),
            };
        }
    }

    /// <summary>Takes a line out of a file of paths, as setuptools does.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool RemoveLine(string file, string line)
    {
        if (DiskFile.KindOf(file) != FileKind.Regular)
            return false;
        var lines = DiskFile.ReadAllText(file).Split('\n').ToList();
        if (lines.RemoveAll(each => each.Trim() == line) == 0)
            return false;
        var unfinished = file + ".resolver-part";
        File.WriteAllText(unfinished, string.Join('\n', lines));
        File.Move(unfinished, file, overwrite: true);
        return true;
    }

    private static IEnumerable<string> Scripts(string metadata, string folder)
    {
        var points = Path.Combine(metadata, "entry_points.txt");
        if (DiskFile.KindOf(points) != FileKind.Regular)
            yield break;
        string[] suffixes = OperatingSystem.IsWindows() ? [".exe", "-script.py"] : [""];
        using var text = new StringReader(DiskFile.ReadAllText(points));
        foreach (var (name, _) in EntryPointsFile.Scripts(text).Where(each => IsFileName(each.Name)))
        {
            foreach (var suffix in suffixes)
            {
                if (Path.Combine(folder, name + suffix) is var script && SavedFiles.Exists(script))
                    yield return script;
            }
        }
    }

    private static bool IsFileName(string name) => Path.GetFileName(name) == name && name != "..";

    /// <summary>That there was no such line.</summary>
    public static string Missing(string file, string line) =>
        $"{TerminalText.OneLine(file)} has no line {TerminalText.OneLine(line)} to remove";
}
