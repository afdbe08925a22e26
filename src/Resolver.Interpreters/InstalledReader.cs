using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;

namespace Resolver.Interpreters;

/// <summary>Reads what is installed in site directories as <c>importlib.metadata</c> would find it there, without any
/// interpreter.</summary>
/// <remarks>What a <c>.pth</c> file of such a directory leads to (an egg, the source of an egg-link) is not in it: a
/// process that has the directory on <c>PYTHONPATH</c>, as builds have, does not see it.</remarks>
public static class InstalledReader
{
    /// <summary>What an interpreter would find with further directories in front of its path: of one name all but the
    /// first carry a problem <c>shadowed</c>.</summary>
    /// <param name="sites">The directories, in order, as they would stand there; those that do not exist hold
    /// nothing.</param>
    /// <param name="own">What the interpreter finds without them, in its order.</param>
    public static IReadOnlyList<Distribution> Before(IReadOnlyList<string> sites, IReadOnlyList<Distribution> own)
    {
        var found = new List<Distribution>();
        var first = new Dictionary<PackageName, string?>();
        foreach (var each in sites.SelectMany(ReadSite).Concat(own))
        {
            // A directory that stands on the path twice shows everything in it twice.
            if (each is { Path: { } path, Name: { } again } && first.TryGetValue(again, out var same) && same == path)
                continue;
            List<ArchiveProblem> problems =
            [
                .. each.Problems.Where(problem => problem.Code != InstalledDefects.Shadowed),
            ];
            if (each.Name is { } name && !first.TryAdd(name, each.Path))
                problems.Add(ShadowedBy(each.Path, name, first[name]));
            found.Add(each with { Problems = problems });
        }
        return found;
    }

    internal const string LeftoverProblem =
        "left behind by an interrupted pip, and not installed; pip ignores it too: delete it";

    /// <summary>What an interrupted pip left (<see cref="InstalledFolderName.IsLeftover"/>): no candidate, but its name
    /// as written stays known.</summary>
    internal static Distribution Leftover(Distribution read) =>
        new()
        {
            Path = read.Path,
            Kind = DistributionKind.Installed,
            RawName = read.RawName,
            Problems = [new ArchiveProblem(InstalledDefects.Leftover, read.Path!, LeftoverProblem, true)],
        };

    /// <summary>That another of one name comes first.</summary>
    internal static ArchiveProblem ShadowedBy(string? path, PackageName name, string? other) =>
        new(
            InstalledDefects.Shadowed,
            path ?? "a distribution without a path",
            $"another {name} comes before it on sys.path{(other is null ? "" : $": {other}")}",
            false
        );

    /// <summary>Fills an installed distribution from its metadata; an egg-info's requirements stand elsewhere and
    /// win.</summary>
    internal static Distribution FromMetadata(
        CoreMetadata metadata,
        IReadOnlyList<DeclaredRequirement>? requires,
        Distribution blank,
        List<ArchiveProblem> problems
    )
    {
        var read = WheelContents.FromMetadata(metadata, blank, MetadataSource.Installed, problems) with
        {
            ReadableRequires =
            [
                .. (requires ?? metadata.RequiresDist)
                    .Where(each => each.Parsed.Success)
                    .Select(each => each.Parsed.Value),
            ],
        };
        if (requires is null || read.Name is null)
            return read;
        var findings = new Findings();
        findings.OfferRequires(
            requires,
            metadata.ProvidesExtra.Select(e => e.Normalized),
            MetadataSource.Installed,
            metadata.File
        );
        problems.AddRange(findings.Problems);
        return read with { RequiresDist = findings.RequiresDist, Extras = findings.Extras };
    }

    /// <summary>In the order in which the directory lists them, as Python takes them: of two of one name the first
    /// counts.</summary>
    private static IEnumerable<Distribution> ReadSite(string site)
    {
        var isEgg = site.TrimEnd('/').EndsWith(".egg", StringComparison.OrdinalIgnoreCase);
        foreach (var name in Names(site))
        {
            if (
                name.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase)
                || (isEgg && name.Equals("EGG-INFO", StringComparison.OrdinalIgnoreCase))
            )
                yield return ReadOne($"{site.TrimEnd('/')}/{name}");
        }
    }

    private static Distribution ReadOne(string path)
    {
        var blank = new Distribution { Path = path, Kind = DistributionKind.Installed };
        var problems = new List<ArchiveProblem>();
        try
        {
            var isFile = DiskFile.KindOf(path) != FileKind.Directory;
            var (metadata, info, requires) = ($"{path}/METADATA", $"{path}/PKG-INFO", $"{path}/requires.txt");
            var file =
                isFile ? path
                : IsFile(metadata) ? metadata
                : info;
            // A pipe would block; without content it is missing in effect.
            if (!IsFile(file) || DiskFile.ReadAllBytes(file) is not { Length: > 0 } bytes)
                return blank with
                {
                    Problems =
                    [
                        InstalledFolderName.IsLeftover(path)
                            ? new ArchiveProblem(InstalledDefects.Leftover, path, LeftoverProblem, true)
                            : new ArchiveProblem("metadata-invalid", path, "it has no metadata", true),
                    ],
                };
            var core = CoreMetadata.Read(bytes, file);
            // Egg-info keeps its requirements in a file of its own, which counts where the metadata name none; and
            // there is nothing that says that they are not known.
            var declared =
                file == metadata ? null
                : core.RequiresDist.Count > 0 ? core.RequiresDist
                : !isFile && IsFile(requires)
                    ? EggInfo.ReadRequires(DiskFile.ReadAllText(requires), new ReadingBudget()).Requirements
                : [];
            var read = FromMetadata(core, declared, blank, problems) with { Problems = problems };
            return InstalledFolderName.IsLeftover(path) ? Leftover(read) : read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ReadingBudgetException)
        {
            return blank with { Problems = [new ArchiveProblem("unreadable", path, FileFault.Reason(e), true)] };
        }
        catch (Exception e) when (ReadingFault.IsOfOneFile(e))
        {
            return ReadingFault.Line(blank, e);
        }
    }

    private static bool IsFile(string path) => DiskFile.KindOf(path) == FileKind.Regular;

    private static List<string> Names(string directory)
    {
        try
        {
            return DirectoryEntries.Of(directory, (_, _, _) => true).ConvertAll(entry => entry.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
