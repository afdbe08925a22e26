using Resolver.Archives.Containers;
using Resolver.Archives.Reading;

namespace Resolver.Archives.Metadata;

/// <summary>A project inside a container that was read once. Contents that nobody foresaw are fetched by reading it
/// again.</summary>
/// <param name="root">Folder inside the container, <c>""</c> for its own root.</param>
/// <param name="container">The container's path as given.</param>
/// <param name="isWhole">Whether the project is the whole archive and not a subfolder of it.</param>
/// <param name="folders">What lies in which folder of the container.</param>
/// <param name="again">Reads the container once more for the content of some paths; null where it has been read often
/// enough.</param>
/// <param name="budget">One for all projects of the container.</param>
/// <param name="release">Name of the container's top folder, or null where it has none.</param>
internal sealed class ArchiveFiles(
    ContainerContents contents,
    string root,
    string container,
    bool isWhole,
    ContainerFolders folders,
    Func<Func<ContainerEntry, bool>, ContainerContents?> again,
    ReadingBudget budget,
    string? release
) : ProjectFiles
{
    private const int MostRereadings = 4;

    private readonly Dictionary<string, byte[]?> late = new(StringComparer.Ordinal);
    private int rereadings;

    /// <inheritdoc/>
    public override ReadingBudget Budget => budget;

    /// <inheritdoc/>
    public override string Place => isWhole ? container : $"{container}!{root}";

    /// <inheritdoc/>
    public override string Show(string path) => root.Length == 0 ? $"{container}!{path}" : $"{container}!{root}/{path}";

    /// <inheritdoc/>
    public override string? FolderName => root.Length == 0 ? null : root[(root.LastIndexOf('/') + 1)..];

    /// <inheritdoc/>
    public override string? ReleaseFolder => release;

    /// <inheritdoc/>
    public override string? ArchiveStem =>
        isWhole ? ContainerFormat.StemOf(container[(container.LastIndexOf('/') + 1)..]) : null;

    /// <inheritdoc/>
    public override ProjectFiles In(string folder) =>
        new ArchiveFiles(contents, Full(folder), container, isWhole: false, folders, again, budget, release);

    /// <inheritdoc/>
    public override string? OutsideTarget(string path) =>
        contents.Entries.TryGetValue(Full(path), out var entry)
        && entry is { Kind: EntryKind.Link, LinkTarget: { } target }
        && root.Length > 0
        && !target.StartsWith(root + "/", StringComparison.Ordinal)
            ? target
            : null;

    /// <inheritdoc/>
    public override bool Exists(string path) => Find(path) is not null;

    /// <inheritdoc/>
    public override byte[]? Read(string path)
    {
        if (Find(path) is not { } entry)
            return null;
        if (contents.Kept.TryGetValue(entry.Path, out var kept))
            return kept;
        if (late.TryGetValue(entry.Path, out var fetched))
            return fetched;
        if (++rereadings > MostRereadings)
            return null;
        return late[entry.Path] = again(e => e.Path == entry.Path)?.Kept.GetValueOrDefault(entry.Path);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders(string folder) => folders.In(Full(folder));

    private string Full(string path) =>
        root.Length == 0 ? PathException.Checked(path)
        : path.Length == 0 ? root
        : $"{root}/{PathException.Checked(path)}";

    /// <summary>The file behind a path; a link counts as the file it leads to, by name and inside the container
    /// only.</summary>
    private ContainerEntry? Find(string path)
    {
        var at = Full(path);
        for (var hops = 0; hops < 8; hops++)
        {
            if (!contents.Entries.TryGetValue(at, out var entry))
                return null;
            if (entry.Kind == EntryKind.File)
                return entry;
            if (entry.Kind != EntryKind.Link || entry.LinkTarget is null)
                return null;
            at = entry.LinkTarget;
        }
        return null;
    }
}
