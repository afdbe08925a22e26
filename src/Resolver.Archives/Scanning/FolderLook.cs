using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;

namespace Resolver.Archives.Scanning;

/// <summary>What a walk finds in a folder on disk.</summary>
/// <param name="IsTree">Whether the folder itself is an unpacked project.</param>
/// <param name="Parts">The folders below it that are projects of the same repository, relative and with <c>/</c>; of
/// the others only archives are of interest.</param>
internal readonly record struct FolderLook(bool IsTree, IReadOnlyList<string> Parts)
{
    /// <summary>Whether it is the top of a repository whose projects lie in its folders.</summary>
    public bool IsRepository => !IsTree && Parts.Count > 0;

    /// <summary>The parts of a folder as paths on disk.</summary>
    public HashSet<string> PathsIn(string folder) =>
        [.. Parts.Select(part => Path.Combine(folder, part.Replace('/', Path.DirectorySeparatorChar)))];

    /// <summary>Whether the file that would make it a project is a link out of it, which is not followed.</summary>
    public static bool IsLinkedElsewhere(string folder) => new TreeFiles(folder).ProjectFileOutside() is not null;

    /// <summary>As <see cref="IsLinkedElsewhere"/>, where the link leads out of the whole search as well: nothing else
    /// has a line of that project.</summary>
    public static bool LeadsOutOf(string root, string folder) =>
        new TreeFiles(folder).ProjectFileOutside() is var (_, target)
        && !target.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    public static FolderLook At(string folder)
    {
        var files = new TreeFiles(folder);
        try
        {
            var kind = ProjectFolder.KindOf(files);
            if (kind == ProjectFolderKind.None && !files.Exists("pyproject.toml"))
                return new FolderLook(false, []);
            var parts = ProjectFolder.Below(files);
            return new FolderLook(
                kind == ProjectFolderKind.Project || (kind == ProjectFolderKind.BuildSystem && parts.Count == 0),
                parts
            );
        }
        catch (Exception e) when (ReadingFault.IsOfOneFile(e))
        {
            return new FolderLook(true, []); // reading it as a project says what is wrong
        }
    }
}
