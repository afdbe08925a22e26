using System.Security.Cryptography;
using System.Text;
using Resolver.Archives.Containers;
using Resolver.Archives.Files;
using Resolver.Archives.Metadata;
using Resolver.Execution.Outcomes;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;

namespace Resolver.Execution.Sources;

/// <summary>A source that pip cannot build as it is, made into one that it can: an unpacked folder.</summary>
/// <remarks>pip 23.2 opens an archive by its suffix, knows neither zstd nor <c>.tar.Z</c>, strips one leading folder
/// even where that is <c>.</c>, refuses a byte order mark in pyproject.toml, and cannot build setuptools without its
/// egg-info (<see cref="SetuptoolsEggInfo"/>).</remarks>
internal static class PreparedSource
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    // What pip opens by each suffix; a plain .tar it opens by content.
    private static readonly (string Suffix, Compression[] Compressions)[] Known =
    [
        (".tar.gz", [Compression.Gzip]),
        (".tgz", [Compression.Gzip]),
        (".tar.bz2", [Compression.Bzip2]),
        (".tbz", [Compression.Bzip2]),
        (".tar.xz", [Compression.Xz, Compression.Lzma]),
        (".txz", [Compression.Xz, Compression.Lzma]),
        (".tar.lzma", [Compression.Xz, Compression.Lzma]),
        (".tlz", [Compression.Xz, Compression.Lzma]),
        (".tar", [Compression.None, Compression.Gzip, Compression.Bzip2, Compression.Xz, Compression.Lzma]),
    ];

    /// <summary>Prepares a source, where that is needed.</summary>
    /// <param name="path">The path of the plan.</param>
    /// <param name="copy">Its file, under its own name, or its tree.</param>
    /// <param name="folder">Where to unpack it; made, in place of what is there.</param>
    /// <returns>The folder of the project; null where pip takes the file or tree itself; or why it cannot be
    /// unpacked.</returns>
    public static (string? Project, StepFailure? Failure) Of(
        string path,
        string copy,
        string folder,
        CancellationToken cancellation = default
    )
    {
        try
        {
            var subdirectory = DistributionPath.Parse(path).Subdirectory ?? "";
            if (!IsNeeded(copy, subdirectory, cancellation))
                return (null, null);
            Runs.RunDirectory.DeleteFolder(folder);
            Directory.CreateDirectory(folder);
            var source = Directory.Exists(copy)
                ? SourceCopy.Make(copy, folder, cancellation)
                : Unpacker.Unpack(copy, folder, ContainerLimits.Default, cancellation);
            source = Path.Combine(source, subdirectory);
            RemoveMark(Path.Combine(source, "pyproject.toml"));
            SetuptoolsEggInfo.Make(source);
            return (source, null);
        }
        catch (Exception exception) when (exception is ContainerException or IOException or UnauthorizedAccessException)
        {
            return (
                null,
                new StepFailure(
                    FailureCodes.ArchiveMissing,
                    $"{Processes.TerminalText.OneLine(path)}: pip cannot unpack it, and neither can resolver: "
                        + FileFault.WithFile(exception)
                )
            );
        }
    }

    /// <summary>Unpacks a source as pip does before it calls a build backend: into a folder right below the temporary
    /// folder of the build, without the archive's own top folder, whose name says a version to some backends. A tree is
    /// built where it lies.</summary>
    /// <param name="path">The path of the plan.</param>
    /// <param name="source">What pip would be given.</param>
    /// <param name="scratch">The temporary folder; exists.</param>
    /// <returns>The folder of the project, or why there is none.</returns>
    public static (string? Project, StepFailure? Failure) Unpack(
        string path,
        PipSource source,
        string scratch,
        CancellationToken cancellation
    )
    {
        if (source.Unpacked is { } prepared)
            return (prepared, null);
        try
        {
            var folder = source.File;
            if (!Directory.Exists(folder))
            {
                var unpacked = Directory.CreateDirectory(Path.Combine(scratch, "unpacked")).FullName;
                folder = Path.Combine(scratch, "source");
                Directory.Move(Unpacker.Unpack(source.File, unpacked, ContainerLimits.Default, cancellation), folder);
            }
            var project = Path.Combine(folder, DistributionPath.Parse(path).Subdirectory ?? "");
            return Directory.Exists(project)
                ? (project, null)
                : (null, Unusable(path, "there is no such directory in it"));
        }
        catch (ContainerException exception)
        {
            return (null, Unusable(path, $"it cannot be unpacked: {exception.Message}"));
        }
    }

    private static StepFailure Unusable(string path, string why) =>
        new(FailureCodes.FrontendFailed, $"{Processes.TerminalText.OneLine(path)}: {why}");

    /// <summary>The name of a folder for the source of a candidate: another content or, of a tree, another place has
    /// another name.</summary>
    public static string NameOf(Candidate candidate, string file)
    {
        var key = candidate.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
        return $"{candidate.Name}-{candidate.Version}-{key[..16]}";
    }

    private static bool IsNeeded(string file, string subdirectory, CancellationToken cancellation)
    {
        if (Directory.Exists(file))
        {
            var project = Path.Combine(file, subdirectory);
            return StartsWithMark(Path.Combine(project, "pyproject.toml")) || SetuptoolsEggInfo.IsMissing(project);
        }
        using (var stream = DiskFile.OpenRead(file))
        {
            var head = new byte[ContainerFormat.HeadLength];
            var format = ContainerFormat.Detect(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, false)));
            if (format is { } known && !Takes(Path.GetFileName(file), known))
                return true;
        }
        try
        {
            var contents = ContainerReader.Read(
                file,
                entry => Path.GetFileName(entry.Path.AsSpan()) is "pyproject.toml",
                ContainerLimits.Default,
                hash: false,
                cancellation
            );
            return contents.HasDotPaths
                || contents.Kept.Values.Any(each => each.AsSpan().StartsWith(ByteOrderMark))
                || SetuptoolsEggInfo.IsMissing(contents, subdirectory);
        }
        catch (ContainerException)
        {
            return false; // the step that builds it says what pip says of it
        }
    }

    private static bool Takes(string name, ContainerFormat format)
    {
        if (format.IsZip)
            return name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        var known = Array.Find(Known, each => name.EndsWith(each.Suffix, StringComparison.OrdinalIgnoreCase));
        return known.Compressions?.Contains(format.Compression) == true;
    }

    private static bool StartsWithMark(string file)
    {
        if (DiskFile.KindOf(file) != FileKind.Regular)
            return false;
        using var stream = DiskFile.OpenRead(file);
        Span<byte> head = stackalloc byte[3];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == 3
            && head.SequenceEqual(ByteOrderMark);
    }

    private static void RemoveMark(string file)
    {
        if (StartsWithMark(file))
            File.WriteAllBytes(file, File.ReadAllBytes(file)[ByteOrderMark.Length..]);
    }
}
