using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Benchmarks;

/// <summary>What is measured on: the corpora of the repository, and archives made for the run.</summary>
internal static class Corpora
{
    private static readonly string Root = FindRoot();

    /// <summary>A file of <c>corpora/universes</c>.</summary>
    public static string UniverseFile(string name) => Path.Combine(Root, "corpora", "universes", name + ".json.gz");

    /// <summary>The same, loaded.</summary>
    public static Universe Universe(string name) =>
        Resolver.Resolution.Universes.Files.UniverseFile.Read(UniverseFile(name));

    /// <summary>A folder of the quickstart corpus.</summary>
    public static string Quickstart(string folder) => Path.Combine(Root, "corpora", "quickstart", folder);

    /// <summary>A fresh archive of that many generated distributions; the caller deletes it.</summary>
    public static string MakeArchive(int distributions)
    {
        var folder = Directory.CreateTempSubdirectory("resolver-benchmark-").FullName;
        var generator = new UniverseGenerator(new UniverseShape { Projects = Math.Max(10, distributions / 9) }, 1);
        ArchiveWriter.Write(folder, generator.Projects(), distributions);
        return folder;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Resolver.sln")))
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("the benchmarks run from inside the repository");
        return folder;
    }
}
