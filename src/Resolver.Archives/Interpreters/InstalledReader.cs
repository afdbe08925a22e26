using System.Text;
using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Interpreters;

/// <summary>Reads what is installed in a prefix or a site directory, without any interpreter.</summary>
public static class InstalledReader
{
    /// <summary>The distributions of a prefix, or of a site directory itself, by path; later ones of a name carry a problem <c>shadowed</c>.</summary>
    /// <param name="directory">A prefix (its site directories are looked for in the layouts of CPython, PyPy, Debian and Windows), or a directory that holds <c>*.dist-info</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static IReadOnlyList<Distribution> Read(string directory)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"{directory}: there is no such directory");
        var found = new List<Distribution>();
        var first = new Dictionary<PackageName, string?>();
        foreach (var site in SiteDirectories(directory))
        {
            foreach (var read in ReadSite(site))
            {
                if (read.Name is { } name && !first.TryAdd(name, read.Path))
                    found.Add(read with { Problems = [.. read.Problems, new ArchiveProblem("shadowed", $"{read.Path}: another {name} comes before it: {first[name]}", false)] });
                else found.Add(read);
            }
        }
        return found;
    }

    /// <summary>The site directories of a prefix, or the directory itself where it has none; with <c>/</c>.</summary>
    public static IReadOnlyList<string> SiteDirectories(string directory)
    {
        var sites = new List<string>();
        foreach (var parent in (string[])["lib", "lib64", "local/lib", "Lib"])
        {
            var at = Join(directory, parent);
            if (!Directory.Exists(at)) continue;
            if (parent == "Lib" && Directory.Exists(Join(at, "site-packages"))) sites.Add(Join(at, "site-packages"));
            foreach (var python in Names(at, "python*").Concat(Names(at, "pypy*")))
            {
                foreach (var leaf in (string[])["site-packages", "dist-packages"])
                {
                    if (Directory.Exists(Join(Join(at, python), leaf))) sites.Add(Join(Join(at, python), leaf));
                }
            }
        }
        // lib64 is often a link to lib: the same place must not count twice.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        sites.RemoveAll(s => !seen.Add(RealPath(s)));
        return sites.Count > 0 && !HoldsMetadata(directory) ? sites : [directory.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\').TrimEnd('/')];
    }

    /// <summary>Fills an installed distribution from its metadata; an egg-info's requirements stand elsewhere and win.</summary>
    internal static Distribution FromMetadata(CoreMetadata metadata, IReadOnlyList<DeclaredRequirement>? requires, Distribution blank, List<ArchiveProblem> problems)
    {
        var read = WheelContents.FromMetadata(metadata, blank, MetadataSource.Installed, problems);
        if (requires is null || read.Name is null) return read;
        var findings = new Findings();
        findings.OfferRequires(requires, metadata.ProvidesExtra.Select(e => e.Normalized), MetadataSource.Installed, metadata.File);
        problems.AddRange(findings.Problems);
        return read with { RequiresDist = findings.RequiresDist };
    }

    private static IEnumerable<Distribution> ReadSite(string site)
    {
        foreach (var name in Names(site, "*", files: true))
        {
            var path = Join(site, name);
            if (name.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase)) yield return ReadOne(path, Join(path, "METADATA"), null);
            else if (name.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase))
                yield return Directory.Exists(path) ? ReadOne(path, Join(path, "PKG-INFO"), Join(path, "requires.txt")) : ReadOne(path, path, null);
            else if (name.EndsWith(".egg", StringComparison.OrdinalIgnoreCase) && Directory.Exists(Join(path, "EGG-INFO")))
                yield return ReadOne(Join(path, "EGG-INFO"), Join(path, "EGG-INFO/PKG-INFO"), Join(path, "EGG-INFO/requires.txt"));
        }
    }

    private static Distribution ReadOne(string path, string metadataFile, string? requiresFile)
    {
        var blank = new Distribution { Path = path, Kind = DistributionKind.Installed };
        var problems = new List<ArchiveProblem>();
        try
        {
            // Without length: missing in effect, or a pipe that would block.
            if (new FileInfo(metadataFile) is not { Exists: true, Length: > 0 }) return blank with { Problems = [new ArchiveProblem("metadata-invalid", $"{metadataFile}: is missing or empty", true)] };
            var requires = requiresFile is not null && File.Exists(requiresFile) ? EggInfo.ReadRequires(File.ReadAllText(requiresFile, Encoding.UTF8)).Requirements : null;
            var read = FromMetadata(CoreMetadata.Read(File.ReadAllBytes(metadataFile), metadataFile), requires, blank, problems);
            return read with { Problems = problems };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return blank with { Problems = [new ArchiveProblem("unreadable", $"{path}: {e.Message.TrimEnd('.')}", true)] };
        }
    }

    private static bool HoldsMetadata(string directory) => Names(directory, "*.dist-info").Concat(Names(directory, "*.egg-info", files: true)).Any();

    private static List<string> Names(string directory, string pattern, bool files = false)
    {
        try
        {
            var entries = files ? Directory.EnumerateFileSystemEntries(directory, pattern) : Directory.EnumerateDirectories(directory, pattern);
            return [.. entries.Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string RealPath(string path)
    {
        // Only the folders that distributions link: lib64 to lib, dist-packages to site-packages.
        var parts = new List<string>();
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                parts.Reverse();
                return Path.Combine([target.FullName, .. parts]);
            }
            parts.Add(folder.Name);
        }
        return Path.GetFullPath(path);
    }

    private static string Join(string directory, string name) => $"{directory.TrimEnd('/')}/{name}";
}
