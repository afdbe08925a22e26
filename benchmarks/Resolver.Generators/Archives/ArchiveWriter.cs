using System.Globalization;
using Resolver.Generators.Universes;

namespace Resolver.Generators.Archives;

/// <summary>Turns a generated universe into files on disk: sdists that really build, wheels that really install, the
/// same bytes every time.</summary>
public static class ArchiveWriter
{
    /// <summary>No folder gets more files than this.</summary>
    public const int FilesPerFolder = 10_000;

    /// <summary>Writes every release of these projects, each into one file.</summary>
    /// <param name="folder">Made where it does not exist; files go into <c>000</c>, <c>001</c>, … below it.</param>
    /// <param name="most">Stops after so many files.</param>
    /// <returns>How many files were written.</returns>
    public static int Write(string folder, IEnumerable<GeneratedProject> projects, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(projects);
        var written = 0;
        // What is in a file does not depend on the others; which folder it lies in is decided here, in order.
        Parallel.ForEach(Planned(), file => file.Distribution.Write(file.Path));
        return written;

        IEnumerable<(GeneratedDistribution Distribution, string Path)> Planned()
        {
            foreach (var project in projects)
            {
                foreach (var release in project.Releases)
                {
                    if (written == most)
                        yield break;
                    var part = Path.Combine(
                        folder,
                        (written / FilesPerFolder).ToString("000", CultureInfo.InvariantCulture)
                    );
                    if (written++ % FilesPerFolder == 0)
                        Directory.CreateDirectory(part);
                    var distribution = new GeneratedDistribution(project.Name, release);
                    yield return (distribution, Path.Combine(part, distribution.FileName));
                }
            }
        }
    }
}
