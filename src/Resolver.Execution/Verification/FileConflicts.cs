using System.IO.Compression;
using Resolver.Archives.Containers;
using Resolver.Execution.Destinations;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Verification;

/// <summary>Finds the files that two projects contain, and those that steps would write over, before anything is
/// written: modules, data, scripts. pip writes over them silently. Bytecode does not count, and neither does a
/// file that is the same in both.</summary>
/// <remarks>It knows what it was shown: show it each wheel once, in the order in which they are installed.</remarks>
public sealed class FileConflicts
{
    private const int MostTold = 20;

    private readonly Interpreter interpreter;
    private readonly PlanPlaces places;
    private readonly bool looksAtDisk;
    private readonly HashSet<PackageName> planned;
    private readonly Dictionary<string, (PlanStep Step, string Content)> writers = new(StringComparer.Ordinal);
    private readonly HashSet<PlanStep> shown = [];

    /// <param name="looksAtDisk">Whether what the destination holds matters.</param>
    public FileConflicts(Plan plan, PlanPlaces places, Interpreter interpreter, bool looksAtDisk)
    {
        (this.interpreter, this.places, this.looksAtDisk) = (interpreter, places, looksAtDisk);
        // What a step replaces, or has replaced, is no longer anyone's.
        planned = [.. plan.Steps.Where(step => step.Action == StepAction.Install).Select(step => step.Candidate.Name)];
    }

    /// <summary>The conflicts of a plan's own wheels; what must be built is not known yet.</summary>
    /// <param name="baseFolder">What relative paths of the plan are relative to.</param>
    /// <returns>By step, then by path.</returns>
    public IReadOnlyList<FileConflict> OfPlan(Plan plan, string baseFolder)
    {
        var steps = plan
            .Steps.Where(step =>
                step.Action == StepAction.Install && step.Candidate is { Kind: DistributionKind.Wheel, Path: not null }
            )
            .ToList();
        // Reading a wheel's directory waits for the disk more than for the processor.
        var files = steps
            .AsParallel()
            .AsOrdered()
            .Select(step =>
            {
                var wheel = Path.GetFullPath(step.Candidate.Path!, baseFolder);
                return (wheel, WheelContents.Files(wheel, places.Of(step), interpreter));
            })
            .ToList();
        return [.. steps.Zip(files).SelectMany(each => Of(each.First, each.Second.wheel, each.Second.Item2))];
    }

    /// <summary>A line for each, up to a number.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<FileConflict> conflicts) =>
        conflicts.Count <= MostTold
            ? conflicts.Select(conflict => conflict.ToString())
            : conflicts
                .Take(MostTold - 1)
                .Select(conflict => conflict.ToString())
                .Append($"and {conflicts.Count - MostTold + 1} more files");

    /// <summary>Those of one step; nothing where it was shown before.</summary>
    /// <param name="wheel">What is installed.</param>
    internal IReadOnlyList<FileConflict> Of(PlanStep step, string wheel) =>
        shown.Contains(step) ? [] : Of(step, wheel, WheelContents.Files(wheel, places.Of(step), interpreter));

    private List<FileConflict> Of(PlanStep step, string wheel, IReadOnlyList<WheelFile> files)
    {
        var found = new List<FileConflict>();
        var present = new List<WheelFile>();
        shown.Add(step);
        foreach (var file in files.Where(file => Path.GetExtension(file.Path) != ".pyc"))
        {
            if (writers.TryGetValue(file.Path, out var writer))
            {
                if (writer.Content != file.Content && writer.Step.Candidate.Name != step.Candidate.Name)
                    found.Add(new FileConflict(file.Path, step, Shown(writer.Step), false));
            }
            else if (looksAtDisk && SavedFiles.Exists(file.Path))
                present.Add(file);
            writers[file.Path] = (step, file.Content);
        }
        if (present.Count > 0)
            found.AddRange(Present(step, wheel, present));
        return [.. found.OrderBy(each => each.Path, StringComparer.Ordinal)];
    }

    private IEnumerable<FileConflict> Present(PlanStep step, string wheel, List<WheelFile> files)
    {
        var owners = Owners(files);
        using var zip = OpenedZip.OpenRead(wheel);
        foreach (var file in files)
        {
            var owner = owners.GetValueOrDefault(file.Path);
            // The same file twice harms nobody.
            if (owner is not null && planned.Contains(owner.Name) || IsSame(zip, file))
                continue;
            yield return new FileConflict(file.Path, step, owner?.ToString(), true);
        }
    }

    private Dictionary<string, InstalledProject> Owners(List<WheelFile> files)
    {
        var asked = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var owners = new Dictionary<string, InstalledProject>(StringComparer.Ordinal);
        foreach (var project in SiteFolder.List(places.SiteFolders))
        {
            var record = Path.Combine(project.Path, "RECORD");
            IEnumerable<string> listed = RecordFile.IsThere(record)
                ? RecordFile
                    .Paths(record)
                    .Select(path => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project.Path)!, path)))
                : asked.Where(path => path.StartsWith(project.Path + "/", StringComparison.Ordinal));
            foreach (var path in listed.Where(asked.Contains))
                owners.TryAdd(path, project);
        }
        return owners;
    }

    // By content where it is a file of the wheel; a script that pip makes is never known beforehand.
    private static bool IsSame(OpenedZip zip, WheelFile file)
    {
        if (
            file.Length is not { } length
            || new FileInfo(file.Path) is not { Exists: true } there
            || there.Length != length
        )
            return false;
        var name = Path.GetFileName(file.Path);
        var entry = zip.Entries.FirstOrDefault(each =>
            each.Name == name && each.Crc32 == file.Crc && each.Length == length
        );
        if (entry is null)
            return false;
        using var ours = zip.Open(entry);
        using var theirs = there.OpenRead();
        return FileContent.Equals(ours, theirs);
    }

    private static string Shown(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";
}
