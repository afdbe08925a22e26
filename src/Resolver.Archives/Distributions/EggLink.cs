using Resolver.Archives.Files;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Distributions;

/// <summary>A <c>NAME.egg-link</c> file, by which setuptools marked an editable install before PEP 660 (<c>setup.py
/// develop</c>). A line of <c>easy-install.pth</c> beside it puts the folder on the path.</summary>
/// <param name="File">Absolute.</param>
/// <param name="Name">As the file's name says.</param>
/// <param name="Location">The first line: the folder that holds the project's metadata, absolute.</param>
public sealed record EggLink(string File, PackageName Name, string Location)
{
    /// <summary>Those of these directories, in their order. Unreadable directories and files are skipped.</summary>
    public static IReadOnlyList<EggLink> In(IEnumerable<string> directories) =>
        [.. directories.Where(Directory.Exists).SelectMany(Files).Select(Read).OfType<EggLink>()];

    private static EggLink? Read(string file) =>
        PackageName.TryParse(Path.GetFileNameWithoutExtension(file)) is { Success: true, Value: var name }
        && FirstLine(file) is { Length: > 0 } line
            ? new EggLink(
                Path.GetFullPath(file),
                name,
                Path.TrimEndingDirectorySeparator(
                    Path.GetFullPath(line, Path.GetDirectoryName(Path.GetFullPath(file))!)
                )
            )
            : null;

    private static IEnumerable<string> Files(string directory)
    {
        try
        {
            return Directory.GetFiles(directory, "*.egg-link").Order(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? FirstLine(string file)
    {
        try
        {
            using var reader = new StreamReader(DiskFile.OpenRead(file));
            return reader.ReadLine()?.Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
