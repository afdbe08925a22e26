using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;

namespace Resolver.Archives.Scanning;

/// <summary>Reads one archive file: its own distribution and those of projects in its subfolders.</summary>
internal static class ArchiveFileReader
{
    // Small files that literals are likely to lie in: kept from the first reading, so that the archive is rarely read
    // twice.
    private const int LikelyLength = 64 << 10;

    // Of all projects in one archive together: a thousand that each want one more file would have it read a thousand
    // times.
    private const int MostRereadings = 12;

    private static readonly string EmptySha256 = Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData([])
    );

    /// <summary>The distributions of a file. The file's own comes first and is always there, whatever is
    /// wrong.</summary>
    /// <param name="path">The file on disk.</param>
    /// <param name="shown">The path as given, with <c>/</c>.</param>
    /// <param name="subdirectory">The only project requested, or null for the file's own and those one folder
    /// deep.</param>
    public static IReadOnlyList<Distribution> Read(
        string path,
        string shown,
        string? subdirectory,
        ScanOptions options,
        CancellationToken cancellation
    )
    {
        var limits = options.Limits;
        var fileName = Path.GetFileName(path);
        var isWheel = IsWheel(fileName);
        var blank = Blank(new DistributionPath(shown, subdirectory).ToString(), fileName);
        string? sha256 = null;
        try
        {
            options.Step?.Invoke(path, ReadingStep.Open);
            var kind = DiskFile.KindOf(path);
            if (kind != FileKind.Regular)
                return
                [
                    blank with
                    {
                        Problems = [new ArchiveProblem("unreadable", shown, NotOpened(path, kind), true)],
                    },
                ];
            blank = blank with { Size = FileIdentity.Of(path)?.Size ?? 0 };
            if (blank.Size == 0)
                return
                [
                    blank with
                    {
                        Sha256 = EmptySha256,
                        Problems = [new ArchiveProblem("archive-truncated", shown, "it is empty", true)],
                    },
                ];
            var contents = ContainerReader.Read(
                path,
                entry =>
                {
                    options.Step?.Invoke(path, ReadingStep.Entry);
                    return isWheel ? WheelContents.Wants(entry) : Wants(entry);
                },
                limits,
                hash: true,
                out sha256,
                cancellation
            );
            blank = blank with
            {
                Sha256 = sha256,
                Problems = [.. contents.Notes.Select(n => new ArchiveProblem(n.Code, shown, n.Message, n.Fatal))],
            };
            options.Step?.Invoke(path, ReadingStep.Contents);
            if (isWheel)
                return [WheelContents.Read(contents, fileName, blank)];
            return ReadSources(contents, path, shown, subdirectory, blank, options, cancellation);
        }
        catch (ContainerException e)
        {
            return [blank with { Sha256 = sha256, Problems = [new ArchiveProblem(e.Code, shown, e.Message, true)] }];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [blank with { Problems = [new ArchiveProblem("unreadable", shown, FileFault.Reason(e), true)] }];
        }
        catch (Exception e) when (ReadingFault.IsOfOneFile(e))
        {
            return [ReadingFault.Line(blank with { Sha256 = sha256 }, e)];
        }
    }

    /// <summary>What is known of a file without reading it.</summary>
    /// <param name="path">As given, with <c>/</c>.</param>
    /// <param name="fileName">Its name on disk.</param>
    public static Distribution Blank(string path, string fileName) =>
        new() { Path = path, Kind = IsWheel(fileName) ? DistributionKind.Wheel : DistributionKind.Sdist };

    private static bool IsWheel(string fileName) => fileName.EndsWith(".whl", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder that everything lies in, or <c>""</c> where there is no single one (as pip
    /// unpacks).</summary>
    public static string TopFolder(ContainerContents contents)
    {
        string? top = null;
        foreach (var entry in contents.Entries.Values)
        {
            var slash = entry.Path.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 && entry.Kind != EntryKind.Directory)
                return "";
            var first = slash < 0 ? entry.Path : entry.Path[..slash];
            if (top is null)
                top = first;
            else if (top != first)
                return "";
        }
        return top ?? "";
    }

    private static string NotOpened(string path, FileKind kind) =>
        kind != FileKind.Missing ? $"it is {kind.Text()}, not a file, and is not opened"
        : DiskFile.IsLink(path) ? "it is a link that leads to no file"
        : "no such file";

    private static List<Distribution> ReadSources(
        ContainerContents contents,
        string path,
        string shown,
        string? subdirectory,
        Distribution blank,
        ScanOptions options,
        CancellationToken cancellation
    )
    {
        var top = TopFolder(contents);
        var places = new ContainerFolders(contents);
        var budget = new ReadingBudget();
        var rereadings = 0;
        ContainerContents? Again(Func<ContainerEntry, bool> wants) =>
            ++rereadings > MostRereadings
                ? null
                : ContainerReader.Read(path, wants, options.Limits, hash: false, cancellation);
        ArchiveFiles Files(string relative)
        {
            var root =
                relative.Length == 0 ? top
                : top.Length == 0 ? relative
                : $"{top}/{relative}";
            return new ArchiveFiles(
                contents,
                root,
                shown,
                relative.Length == 0,
                places,
                Again,
                budget,
                top.Length == 0 ? null : top
            );
        }

        if (subdirectory is not null)
        {
            var files = Files(subdirectory);
            return
            [
                ProjectFolder.KindOf(files) != ProjectFolderKind.None
                    ? Named(SourceProject.Read(files, blank), null)
                    : NoProject(blank, shown, $"no project is in its folder {subdirectory}"),
            ];
        }
        options.Step?.Invoke(path, ReadingStep.Project);
        var main = Files("");
        var folders = Judged(() => ProjectFolder.Below(main), []);
        var kind = Judged(() => ProjectFolder.KindOf(main), ProjectFolderKind.Project);
        var found = new List<Distribution>();
        // The settings of tools at the top of a repository are no project beside those in its folders.
        if (
            kind == ProjectFolderKind.Project
            || (kind is ProjectFolderKind.Tools or ProjectFolderKind.BuildSystem && folders.Count == 0)
        )
            found.Add(Named(SourceProject.Read(main, blank), Path.GetFileName(path)));
        else
            found.Add(
                NoProject(
                    blank,
                    shown,
                    folders.Count > 0
                            ? $"no project is at its top; one is in its folder {folders[0]} "
                                + $"(#subdirectory={folders[0]})"
                        : main.Exists("pyproject.toml") ? "the pyproject.toml at its top says that it is no project"
                        : "neither pyproject.toml nor setup.py is at its top",
                    folders.Count > 0 ? InFolder : "not-a-distribution"
                )
            );
        foreach (var folder in folders)
        {
            if (
                found.Count > MetadataBounds.Projects
                || found.Sum(each => (long)(each.RequiresDist?.Count ?? 0) + (each.BuildRequires?.Count ?? 0))
                    > MetadataBounds.Requirements
            )
            {
                found[0] = found[0] with
                {
                    Problems =
                    [
                        .. found[0].Problems,
                        new ArchiveProblem(
                            "archive-too-large",
                            shown,
                            $"projects in its folders from {folder} on are not looked at, as there are too many of "
                                + $"them",
                            false
                        ),
                    ],
                };
                break;
            }
            var its = blank with { Path = new DistributionPath(shown, folder).ToString() };
            try
            {
                options.Step?.Invoke(path, ReadingStep.Folder);
                found.Add(SourceProject.Read(main.In(folder), its));
            }
            catch (Exception e) when (ReadingFault.IsOfOneFile(e))
            {
                found.Add(ReadingFault.Line(its, e));
            }
        }
        if (IsReleaseOfPart(found, FolderIdentity.Of(top).Name))
            found[0] = WithoutVersion(found[0], top);
        return found;
    }

    /// <summary>An answer that decides what is looked at: where the question itself meets what cannot be, reading
    /// the project says so.</summary>
    private static T Judged<T>(Func<T> judge, T otherwise)
    {
        try
        {
            return judge();
        }
        catch (Exception e) when (e is ReadingBudgetException or PathException)
        {
            return otherwise;
        }
    }

    /// <summary>Whether the top folder is called after a release of a project in one of the folders, and not of the
    /// one at the top: 'hatch-hatchling-v1' is Hatchling 1 and some Hatch.</summary>
    private static bool IsReleaseOfPart(List<Distribution> found, string? tag) =>
        found[0].Known.GetValueOrDefault("version") == MetadataSource.FolderName
        && !FolderIdentity.Names(tag, found[0].Name, null)
        && found
            .Skip(1)
            .Any(each =>
                FolderIdentity.Names(tag, each.Name, each.Path![(each.Path!.LastIndexOfAny(['/', '=']) + 1)..])
            );

    private static Distribution WithoutVersion(Distribution read, string folder)
    {
        var known = new SortedDictionary<string, MetadataSource?>(read.Known.ToDictionary(), StringComparer.Ordinal)
        {
            ["version"] = null,
        };
        return read with
        {
            Version = null,
            Known = known,
            Problems =
            [
                .. read.Problems,
                new ArchiveProblem(
                    "metadata-dynamic",
                    read.Path!,
                    $"version is unknown without running code; the folder {folder} is called after a release of "
                        + $"another project in it: ",
                    false
                )
                {
                    Advice = ProblemAdvice.DeclareOrAsk,
                },
            ],
        };
    }

    /// <summary>The code of an archive whose projects are all in its folders.</summary>
    internal const string InFolder = "project-in-folder";

    private static Distribution NoProject(
        Distribution blank,
        string place,
        string reason,
        string code = "not-a-distribution"
    ) => blank with { Problems = [.. blank.Problems, new ArchiveProblem(code, place, reason, true)] };

    /// <summary>Notes where the file's name, if it has the form of an sdist, says something else than the
    /// metadata.</summary>
    private static Distribution Named(Distribution read, string? fileName)
    {
        if (
            fileName is null
            || fileName.Contains(".orig.", StringComparison.Ordinal)
            || SdistFileName.TryParse(fileName) is not { Success: true } named
            || IsNamedAfterRepository(read, named.Value)
        )
            return read;
        var problems = new List<ArchiveProblem>(read.Problems);
        if (read.Name is { } name && name != named.Value.Name)
            problems.Add(
                new(
                    "name-mismatch",
                    read.Path!,
                    $"the file's name says {named.Value.Name}, its metadata say {name}; the metadata count",
                    false
                )
            );
        else if (
            read.Version is { } version
            && version != named.Value.Version
            && read.Known["version"] != MetadataSource.FolderName
        )
            problems.Add(
                new(
                    "name-mismatch",
                    read.Path!,
                    $"the file's name says version {named.Value.Version}, its metadata say {version}; the metadata "
                        + $"count",
                    false
                )
            );
        return read with { Problems = problems };
    }

    /// <summary>Whether a file is not called after its project but after the repository that it was made from: it is no
    /// sdist, and has the version that its name says. That is as usual as it is harmless.</summary>
    private static bool IsNamedAfterRepository(Distribution read, SdistFileName named) =>
        read.Known.GetValueOrDefault("name") is not (null or MetadataSource.PkgInfo or MetadataSource.OldPkgInfo)
        && (read.Version is null || read.Version == named.Version);

    private static bool Wants(ContainerEntry entry)
    {
        var path = entry.Path;
        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        var depth = path.AsSpan().Count('/');
        // Members of a workspace may lie deep.
        if (name is "pyproject.toml")
            return depth <= 6;
        if (depth > 4)
            return false;
        if (name is "PKG-INFO" or "setup.cfg" or "setup.py")
            return depth <= 3;
        if (name is "requires.txt")
            return path.Contains(".egg-info/", StringComparison.Ordinal);
        if (entry.Size > LikelyLength)
            return false;
        if (
            name
            is "__init__.py"
                or "__about__.py"
                or "__version__.py"
                or "_version.py"
                or "version.py"
                or "VERSION"
                or "version.txt"
                or "VERSION.txt"
        )
            return true;
        if (name is "Cargo.toml" or "pants.toml" or "hatch.toml" or "meson.build" or "package.json")
            return depth <= 1;
        return depth <= 2
            && name.EndsWith(".txt", StringComparison.Ordinal)
            && name.Contains("require", StringComparison.OrdinalIgnoreCase);
    }
}
