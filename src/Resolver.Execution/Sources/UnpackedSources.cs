using Resolver.Archives.Containers;
using Resolver.Archives.Files;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Verification;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Sources;

/// <summary>The sources of a plan that pip 23.2 cannot build as they are, unpacked for it before anything
/// runs.</summary>
/// <remarks>pip opens an archive by its suffix, knows neither zstd nor <c>.tar.Z</c>, strips one leading folder even
/// where that is <c>.</c>, and refuses a byte order mark in pyproject.toml.</remarks>
internal sealed class UnpackedSources : IDisposable
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

    private readonly Dictionary<string, string> folders = new(StringComparer.Ordinal);
    private readonly string place;

    /// <param name="place">A folder for them, which need not exist.</param>
    public UnpackedSources(string place) => this.place = place;

    /// <summary>The folder of the project that a path of the plan names, or null where pip takes the path
    /// itself.</summary>
    public string? Of(string path) => folders.GetValueOrDefault(path);

    /// <summary>Unpacks those of the steps that need it.</summary>
    /// <returns>Null, or why one cannot be unpacked.</returns>
    public ExecutionOutcome.Refused? Unpack(
        IEnumerable<PlanStep> steps,
        ExecutionOptions options,
        CancellationToken cancellation
    )
    {
        foreach (var step in steps.Where(step => step.Candidate.IsBuilt))
        {
            var path = step.Candidate.Path!;
            var file = options.FileOf(path);
            try
            {
                if (
                    folders.ContainsKey(path)
                    || !IsNeeded(file, DistributionPath.Parse(path).Subdirectory, cancellation)
                )
                    continue;
                var folder = Directory.CreateDirectory(
                    Path.Combine(place, folders.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
                );
                var (copy, changed) = CheckedCopy.Of(
                    path,
                    new ExpectedFile(file, step.Candidate.Sha256),
                    Path.Combine(folder.FullName, "archive")
                );
                if (changed is not null)
                    return new(changed.Code, changed.Reason);
                var unpacked = Path.Combine(folder.FullName, "source");
                Directory.CreateDirectory(unpacked);
                var source = Directory.Exists(copy)
                    ? SourceCopy.Make(copy, unpacked, cancellation)
                    : Unpacker.Unpack(copy, unpacked, ContainerLimits.Default, cancellation);
                source = Path.Combine(source, DistributionPath.Parse(path).Subdirectory ?? "");
                RemoveMark(Path.Combine(source, "pyproject.toml"));
                folders[path] = source;
            }
            catch (Exception exception)
                when (exception is ContainerException or IOException or UnauthorizedAccessException)
            {
                return new(
                    FailureCodes.ArchiveMissing,
                    $"{Processes.TerminalText.OneLine(path)}: pip cannot unpack it, and neither can resolver: {exception.Message}"
                );
            }
        }
        return null;
    }

    /// <summary>Removes them.</summary>
    public void Dispose()
    {
        if (folders.Count > 0)
            Runs.RunDirectory.DeleteFolder(place);
    }

    private static bool IsNeeded(string file, string? subdirectory, CancellationToken cancellation)
    {
        if (Directory.Exists(file))
            return StartsWithMark(Path.Combine(file, subdirectory ?? "", "pyproject.toml"));
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
            return contents.HasDotPaths || contents.Kept.Values.Any(each => each.AsSpan().StartsWith(ByteOrderMark));
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
