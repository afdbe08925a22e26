using Resolver.Archives.Files;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Destinations;

/// <summary>Reads which distributions lie in site folders (PEP 376: <c>NAME-VERSION.dist-info</c>, older
/// <c>.egg-info</c>).</summary>
/// <remarks>The file system is asked, not the interpreter: two versions side by side in one folder are exactly what
/// an interpreter hides.</remarks>
internal static class SiteFolder
{
    /// <summary>Every distribution in these folders, by path; folders that do not exist hold none.</summary>
    public static IReadOnlyList<InstalledProject> List(IReadOnlyList<string> folders)
    {
        var found = new List<InstalledProject>();
        foreach (var folder in folders.Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                if (Read(path) is { } project)
                    found.Add(project);
            }
        }
        return found;
    }

    private static InstalledProject? Read(string path)
    {
        var suffix = Path.GetExtension(path);
        if (suffix is not (".dist-info" or ".egg-info") || InstalledFolderName.IsLeftover(path))
            return null;

        var file = Directory.Exists(path) ? Path.Combine(path, suffix == ".dist-info" ? "METADATA" : "PKG-INFO") : path;
        var (name, version) = ReadHeaders(file);
        var parts = Path.GetFileNameWithoutExtension(path).Split('-', 3);
        name ??= parts[0];
        version ??= parts.Length > 1 ? parts[1] : "";
        return PackageName.TryParse(name) is { Success: true, Value: var project }
            ? new InstalledProject(
                project,
                version,
                Version.TryParse(version) is { Success: true, Value: var parsed } ? parsed : null,
                path
            )
            {
                RawName = name,
            }
            : null;
    }

    // Only two fields of the header are wanted, and a file in a prefix may be anything: reading stops at the first
    // empty line, and only a regular file is opened.
    private static (string? Name, string? Version) ReadHeaders(string file)
    {
        string? name = null,
            version = null;
        if (DiskFile.KindOf(file) != FileKind.Regular)
            return (name, version);
        try
        {
            using var reader = new StreamReader(DiskFile.OpenRead(file));
            while (reader.ReadLine() is { Length: > 0 } line && (name is null || version is null))
            {
                if (line.StartsWith("Name:", StringComparison.OrdinalIgnoreCase))
                    name ??= line[5..].Trim();
                if (line.StartsWith("Version:", StringComparison.OrdinalIgnoreCase))
                    version ??= line[8..].Trim();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder's name says what it is.
        }
        return (name, version);
    }
}
