using Resolver.Archives.Containers;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Metadata;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.PyProjects;

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

    private static readonly HashSet<string> NeverProjects = new(StringComparer.OrdinalIgnoreCase)
    {
        "test",
        "tests",
        "example",
        "examples",
        "doc",
        "docs",
        "sample",
        "samples",
        "vendor",
    };

    /// <summary>The distributions of a file. The file's own comes first and is always there, whatever is
    /// wrong.</summary>
    /// <param name="path">The file on disk.</param>
    /// <param name="shown">The path as given, with <c>/</c>.</param>
    /// <param name="subdirectory">The only project asked for, or null for the file's own and those one folder
    /// deep.</param>
    public static IReadOnlyList<Distribution> Read(
        string path,
        string shown,
        string? subdirectory,
        ContainerLimits limits,
        CancellationToken cancellation
    )
    {
        var fileName = Path.GetFileName(path);
        var isWheel = fileName.EndsWith(".whl", StringComparison.OrdinalIgnoreCase);
        var own = new DistributionPath(shown, subdirectory).ToString();
        var blank = new Distribution { Path = own, Kind = isWheel ? DistributionKind.Wheel : DistributionKind.Sdist };
        string? sha256 = null;
        try
        {
            var kind = DiskFile.KindOf(path);
            if (kind != FileKind.Regular)
                return
                [
                    blank with
                    {
                        Problems = [new ArchiveProblem("unreadable", $"{shown}: {NotOpened(path, kind)}", true)],
                    },
                ];
            blank = blank with { Size = FileIdentity.Of(path)?.Size ?? 0 };
            if (blank.Size == 0)
                return
                [
                    blank with
                    {
                        Sha256 = EmptySha256,
                        Problems = [new ArchiveProblem("archive-truncated", $"{shown}: it is empty", true)],
                    },
                ];
            var contents = ContainerReader.Read(
                path,
                isWheel ? WheelContents.Wants : Wants,
                limits,
                hash: true,
                out sha256,
                cancellation
            );
            blank = blank with
            {
                Sha256 = sha256,
                Problems =
                [
                    .. contents.Notes.Select(n => new ArchiveProblem(n.Code, $"{shown}: {n.Message}", n.Fatal)),
                ],
            };
            if (isWheel)
                return [WheelContents.Read(contents, fileName, blank)];
            return ReadSources(contents, path, shown, subdirectory, blank, limits, cancellation);
        }
        catch (ContainerException e)
        {
            return
            [
                blank with
                {
                    Sha256 = sha256,
                    Problems = [new ArchiveProblem(e.Code, $"{shown}: {e.Message}", true)],
                },
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return
            [
                blank with
                {
                    Problems = [new ArchiveProblem("unreadable", $"{shown}: {e.Message.TrimEnd('.')}", true)],
                },
            ];
        }
    }

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
        : "there is no such file";

    private static List<Distribution> ReadSources(
        ContainerContents contents,
        string path,
        string shown,
        string? subdirectory,
        Distribution blank,
        ContainerLimits limits,
        CancellationToken cancellation
    )
    {
        var top = TopFolder(contents);
        var places = new ContainerFolders(contents);
        var rereadings = 0;
        ContainerContents? Again(Func<ContainerEntry, bool> wants) =>
            ++rereadings > MostRereadings ? null : ContainerReader.Read(path, wants, limits, hash: false, cancellation);
        ArchiveFiles Files(string relative)
        {
            var root =
                relative.Length == 0 ? top
                : top.Length == 0 ? relative
                : $"{top}/{relative}";
            return new ArchiveFiles(contents, root, shown, relative.Length == 0, places, Again);
        }

        if (subdirectory is not null)
        {
            var files = Files(subdirectory);
            return
            [
                SourceProject.IsOne(files)
                    ? Named(SourceProject.Read(files, blank), null)
                    : blank with
                    {
                        Problems =
                        [
                            .. blank.Problems,
                            new ArchiveProblem(
                                "not-a-distribution",
                                $"{shown}: no project is in its folder {subdirectory}",
                                true
                            ),
                        ],
                    },
            ];
        }
        var main = Files("");
        var folders = main.Folders("");
        var found = new List<Distribution>();
        if (SourceProject.IsOne(main))
            found.Add(Named(SourceProject.Read(main, blank), Path.GetFileName(path)));
        else
        {
            var elsewhere = folders.Where(f => SourceProject.IsOne(Files(f))).ToList();
            var hint =
                elsewhere.Count > 0
                    ? $"; a project is in its folder {elsewhere[0]}: {new DistributionPath(shown, elsewhere[0])}"
                    : "";
            found.Add(
                blank with
                {
                    Problems =
                    [
                        .. blank.Problems,
                        new ArchiveProblem(
                            "not-a-distribution",
                            $"{shown}: neither pyproject.toml nor setup.py is at its top{hint}",
                            true
                        ),
                    ],
                }
            );
        }
        foreach (var folder in folders.Where(f => !NeverProjects.Contains(f)))
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
                            $"{shown}: projects in its folders from {folder} on are not looked at, as there are too many of them",
                            false
                        ),
                    ],
                };
                break;
            }
            var files = Files(folder);
            if (
                files.Exists("pyproject.toml")
                && files.ListBytes("pyproject.toml") is { } toml
                && PyProject.TryParse(toml) is { Success: true } read
                && (read.Value.BuildSystem is not null || read.Value.Project is not null)
            )
                found.Add(
                    SourceProject.Read(files, blank with { Path = new DistributionPath(shown, folder).ToString() })
                );
        }
        return found;
    }

    /// <summary>Notes where the file's name, if it has the form of an sdist, says something else than the
    /// metadata.</summary>
    private static Distribution Named(Distribution read, string? fileName)
    {
        if (
            fileName is null
            || fileName.Contains(".orig.", StringComparison.Ordinal)
            || SdistFileName.TryParse(fileName) is not { Success: true } named
        )
            return read;
        var problems = new List<ArchiveProblem>(read.Problems);
        // A folder's name that disagrees is no news: it is the weaker word of the two.
        if (read.Name is { } name && name != named.Value.Name && read.Known["name"] != MetadataSource.FolderName)
            problems.Add(
                new(
                    "name-mismatch",
                    $"{read.Path}: the file's name says {named.Value.Name}, its metadata say {name}; the metadata count",
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
                    $"{read.Path}: the file's name says version {named.Value.Version}, its metadata say {version}; the metadata count",
                    false
                )
            );
        return read with { Problems = problems };
    }

    private static bool Wants(ContainerEntry entry)
    {
        var path = entry.Path;
        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        var depth = path.AsSpan().Count('/');
        if (depth > 4)
            return false;
        if (name is "pyproject.toml" or "PKG-INFO" or "setup.cfg" or "setup.py")
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
        if (name is "Cargo.toml" or "hatch.toml" or "meson.build" or "package.json")
            return depth <= 1;
        return depth <= 2
            && name.EndsWith(".txt", StringComparison.Ordinal)
            && name.Contains("require", StringComparison.OrdinalIgnoreCase);
    }
}
