using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Toml;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Plans;

/// <summary>A plan as a lock file (PEP 751) and back. Every step that installs something is an entry of
/// <c>packages</c>, what only builds need included, in the order of the plan; what the standard has no words for
/// (stages, build requirements, who needs what, what is kept) is in <c>[tool.resolver]</c>, in the fields of
/// <see cref="PlanJson"/>.</summary>
/// <remarks>An sdist is an <c>sdist</c> only where its file name says name and version as the standard wants; any
/// other file is an <c>archive</c>, and so is a project in a subfolder of one. Readers that refuse a lock over a file
/// name would otherwise refuse what the plan can install.</remarks>
public static class PlanLock
{
    /// <summary>The lock of a plan.</summary>
    /// <param name="pathInLock">From a path of the plan to the one that is written, relative to the lock's
    /// folder.</param>
    public static PyLock Of(Plan plan, Func<string, string> pathInLock)
    {
        var taken = plan.Steps.Where(step => step.Action == StepAction.Install).ToList();
        var repeated = taken
            .CountBy(step => step.Candidate.Name)
            .Where(each => each.Value > 1)
            .Select(each => each.Key)
            .ToHashSet();
        return new PyLock
        {
            CreatedBy = "resolver",
            Environments = EnvironmentsOf(plan),
            Packages = [.. taken.Select(step => Package(step, repeated, pathInLock))],
            Tool = new TomlTable([
                KeyValuePair.Create<string, TomlNode>(PlanLockTool.Name, PlanLockTool.Write(plan, pathInLock)),
            ]),
        };
    }

    /// <summary>The plan that a lock was written from.</summary>
    /// <param name="pathOfLock">From a path in the lock to one for this process: a relative one is relative to the
    /// lock's folder.</param>
    /// <returns>Null where another tool wrote the lock, or what is installed was changed since: <c>[tool]</c> must
    /// then not decide anything (PEP 751, "tool").</returns>
    public static Plan? PlanOf(PyLock locked, Func<string, string> pathOfLock) =>
        locked.Tool?.Table(PlanLockTool.Name) is { } tool
        && PlanLockTool.Read(
            tool,
            [.. locked.Packages.Select(package => Entry(package, pathOfLock))],
            pathOfLock,
            locked.File
        )
            is { } plan
        && locked
            .Packages.Zip(plan.Steps.Where(step => step.Action == StepAction.Install))
            .All(pair => Matches(pair.First, pair.Second))
            ? plan
            : null;

    /// <summary>The markers of the plan's environments; of one environment those variables that tell platforms and
    /// Pythons apart.</summary>
    private static IReadOnlyList<Marker>? EnvironmentsOf(Plan plan)
    {
        if (plan.Environments.Count > 0)
            return plan.Environments.Any(each => each.Markers is null)
                ? null
                : [.. plan.Environments.Select(each => each.Markers!)];
        var terms = ((string[])["implementation_name", "python_version", "sys_platform", "platform_machine"])
            .Where(name => plan.Environment.GetValueOrDefault(name) is { Length: > 0 })
            .Select(name => Marker.Is(name, plan.Environment[name]).ToReadableText())
            .ToList();
        return terms.Count > 0 ? [Marker.Parse(string.Join(" and ", terms))] : null;
    }

    private static LockedPackage Package(PlanStep step, HashSet<PackageName> repeated, Func<string, string> pathInLock)
    {
        var candidate = step.Candidate;
        var place = DistributionPath.Parse(candidate.Path ?? "");
        var (path, subdirectory) = place;
        var name = place.FileName;
        var file = candidate.Sha256 is { } sha256
            ? new LockedFile
            {
                Path = pathInLock(path),
                Size = candidate.Size,
                Hashes = [KeyValuePair.Create("sha256", sha256)],
                Subdirectory = subdirectory,
            }
            : null;
        var package = new LockedPackage
        {
            Name = candidate.Name,
            Version = file is null ? null : candidate.Version,
            Marker = step.Markers,
            RequiresPython = candidate.RequiresPython,
            Dependencies = Dependencies(step, repeated),
        };
        return file is null
                ? package with
                {
                    Directory = new LockedDirectory(pathInLock(path), step.Editable ? true : null, subdirectory),
                }
            : subdirectory is not null ? package with { Archive = file }
            : candidate.Kind == DistributionKind.Wheel ? package with { Wheels = [file with { Name = name }] }
            : SdistFileName.TryParse(name) is { Success: true, Value: var sdist }
            && sdist.Name == candidate.Name
            && sdist.Version == candidate.Version
                ? package with
                {
                    Sdist = file with { Name = name },
                }
            : package with { Archive = file };
    }

    /// <summary>What it needs to run, so far as that is an entry too. A name says which, unless there are several of
    /// it.</summary>
    private static List<TomlTable>? Dependencies(PlanStep step, HashSet<PackageName> repeated)
    {
        var needed = step
            .Requires.Where(each =>
                each is { Role: Role.Runtime, SatisfiedBy: { Kind: not DistributionKind.Installed } }
                && each.SatisfiedBy.Name != step.Candidate.Name
            )
            .Select(each => each.SatisfiedBy!)
            .DistinctBy(each => (each.Name, each.Version))
            .OrderBy(each => each.Name.Normalized, StringComparer.Ordinal)
            .ToList();
        return needed.Count == 0
            ? null
            :
            [
                .. needed.Select(each => new TomlTable([
                    KeyValuePair.Create<string, TomlNode>("name", new TomlText(each.Name.Normalized)),
                    .. repeated.Contains(each.Name)
                        ? [KeyValuePair.Create<string, TomlNode>("version", new TomlText(each.Version.ToString()))]
                        : Array.Empty<KeyValuePair<string, TomlNode>>(),
                ])),
            ];
    }

    /// <summary>Path and hash of an entry, as the plan names them; nothing where it is not one of those that
    /// <see cref="Package"/> makes.</summary>
    private static (string? Path, string? Sha256) Entry(LockedPackage package, Func<string, string> pathOfLock)
    {
        var file = package.Archive ?? package.Sdist ?? (package.Wheels is [var wheel] ? wheel : null);
        if (package.Directory is { } folder)
            return (Joined(folder.Path, folder.Subdirectory), null);
        return file?.Path is { } path && file.Hash("sha256") is { } sha256
            ? (Joined(path, file.Subdirectory), sha256)
            : (null, null);

        string Joined(string written, string? subdirectory) =>
            new DistributionPath(pathOfLock(written), subdirectory).ToString();
    }

    private static bool Matches(LockedPackage package, PlanStep step) =>
        package.Name == step.Candidate.Name
        && (
            package.Directory is not null
                ? step.Candidate.Kind == DistributionKind.Tree && (package.Directory.Editable == true) == step.Editable
                : package.Version == step.Candidate.Version
        )
        && package.Wheels is { Count: > 0 } == (step.Candidate.Kind == DistributionKind.Wheel)
        && package.Marker?.ToString() == step.Markers?.ToString();
}
