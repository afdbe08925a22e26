using Resolver.Archives.Reading;

namespace Resolver.Archives.Metadata;

/// <summary>A project unpacked on disk. Links that lead out of it are not followed.</summary>
/// <param name="path">The folder.</param>
/// <param name="shown">The folder as the user named it; null: as <paramref name="path"/>.</param>
/// <param name="budget">Null for one of its own.</param>
internal sealed class TreeFiles(string path, string? shown = null, ReadingBudget? budget = null) : ProjectFiles
{
    private const int LargestFile = 16 << 20;

    private readonly string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <inheritdoc/>
    public override ReadingBudget Budget { get; } = budget ?? new ReadingBudget();

    /// <inheritdoc/>
    public override string Place => (shown ?? path).TrimEnd('/') is { Length: > 0 } plain ? plain : "/";

    /// <inheritdoc/>
    public override string? FolderName => System.IO.Path.GetFileName(full) is { Length: > 0 } name ? name : null;

    /// <inheritdoc/>
    public override ProjectFiles In(string folder) =>
        new TreeFiles(
            System.IO.Path.Combine(path, PathException.Checked(folder)),
            $"{Place.TrimEnd('/')}/{folder}",
            Budget
        );

    /// <inheritdoc/>
    public override string? OutsideTarget(string path)
    {
        var file = new FileInfo(System.IO.Path.Combine(full, PathException.Checked(path)));
        try
        {
            return
                file.LinkTarget is { } target
                && System.IO.Path.GetFullPath(target, file.DirectoryName!) is var place
                && !place.StartsWith(full + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? place.Replace(System.IO.Path.DirectorySeparatorChar, '/')
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override bool Exists(string path) => Locate(path) is not null;

    /// <inheritdoc/>
    public override byte[]? Read(string path)
    {
        if (Locate(path) is not { } file)
            return null;
        try
        {
            // A pipe or a device would block whoever opens it; it has no length.
            if (new FileInfo(file).Length == 0)
                return [];
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            if (stream.Length > LargestFile)
                return null;
            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders(string folder)
    {
        var at = System.IO.Path.Combine(full, PathException.Checked(folder));
        try
        {
            return
            [
                .. Directory
                    .EnumerateDirectories(at)
                    .Where(d => !new DirectoryInfo(d).Attributes.HasFlag(FileAttributes.ReparsePoint))
                    .Select(d => System.IO.Path.GetFileName(d))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The file's place on disk, links resolved, or null where there is none inside the tree.</summary>
    private string? Locate(string relative)
    {
        PathException.Checked(relative);
        if (relative.Length == 0 || System.IO.Path.IsPathRooted(relative) || relative.Split('/', '\\').Contains(".."))
            return null;
        var file = new FileInfo(System.IO.Path.Combine(full, relative));
        try
        {
            if (!file.Exists)
                return null;
            for (
                var folder = file.Directory;
                folder is not null && folder.FullName.Length > full.Length;
                folder = folder.Parent
            )
            {
                if (folder.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    return null;
            }
            if (file.LinkTarget is null)
                return file.FullName;
            return
                file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
                && target.FullName.StartsWith(full + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? target.FullName
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
