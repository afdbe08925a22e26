using System.Text;
using Resolver.Packaging.Hashes;
using Resolver.Packaging.Lockfiles;

namespace Resolver.Archives.Checksums;

/// <summary>Lists of hashes of every kind that pip accepts: <c>SHA256SUMS</c>, <c>MD5SUMS</c> and the like as
/// <c>sha256sum</c> writes them (and BSD's <c>--tag</c>), <c>FILE.sha256</c> beside a file, and lock files
/// (PEP 751).</summary>
public static class ChecksumList
{
    /// <summary>Reads a list. A lock file is told by its content.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="file">Its path: entries of checksum lists are relative to its directory, as <c>sha256sum -c</c>
    /// takes them when it is run there.</param>
    /// <exception cref="FormatException">It is neither; the message names file and line.</exception>
    public static IReadOnlyList<ExpectedFile> Read(ReadOnlySpan<byte> bytes, string file)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (LooksLikeLock(text))
            return ReadLock(bytes, file);
        if (IsOfBlake(file, text))
            throw new FormatException($"{file}: BLAKE2 is not a kind of hash that pip accepts");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var expected = new List<ExpectedFile>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Trim().Length == 0 || line.StartsWith('#'))
                continue;
            if (ChecksumLine.Read(line) is not { } read || (read.Path ?? Beside(file, read.Hash)) is not { } path)
                throw new FormatException(
                    $"{file}:{number}: expected a hash ({string.Join(", ", FileHash.AlgorithmNames)}) in hex, two "
                        + $"blanks and a path, or SHA256 (PATH) = HEX"
                );
            expected.Add(new ExpectedFile(Path.GetFullPath(Path.Combine(folder, path)), true, read.Hash));
        }
        if (expected.Count == 0)
            throw new FormatException($"{file}: no checksum is in it");
        return expected;
    }

    /// <summary>A list of files as <c>sha256sum</c> writes it, by path.</summary>
    /// <param name="files">(path, lower-case hex).</param>
    /// <param name="folder">The directory that the paths are made relative to.</param>
    public static string Write(IEnumerable<(string Path, string Sha256)> files, string folder)
    {
        var text = new StringBuilder();
        foreach (
            var (path, sha256) in files
                .Select(each => (Path: Path.GetRelativePath(folder, each.Path), each.Sha256))
                .DistinctBy(each => each.Path)
                .OrderBy(each => each.Path, StringComparer.Ordinal)
        )
        {
            // A name with a line break or a backslash is escaped, and a backslash before the hash says so.
            var escaped = path.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal);
            text.Append(escaped.Length == path.Length ? "" : "\\")
                .Append(sha256)
                .Append("  ")
                .Append(escaped)
                .Append('\n');
        }
        return text.ToString();
    }

    private static bool LooksLikeLock(string text) =>
        text.Split('\n').Any(line => line.TrimStart().StartsWith("lock-version", StringComparison.Ordinal));

    private static List<ExpectedFile> ReadLock(ReadOnlySpan<byte> bytes, string file)
    {
        var read = PyLock.TryParse(bytes, file);
        if (!read.Success)
            throw new FormatException(read.Error.ToString());
        return
        [
            .. read
                .Value.Packages.SelectMany(package =>
                    (LockedFile?[])[package.Sdist, package.Archive, .. package.Wheels ?? []]
                )
                .OfType<LockedFile>()
                .SelectMany(each =>
                    each.Hashes.Select(hash => FileHash.Of(hash.Key, hash.Value))
                        .OfType<FileHash>()
                        .Select(hash => new ExpectedFile(each.FileName, false, hash))
                ),
        ];
    }

    // A digest of BLAKE2b is as long as one of SHA-512.
    private static bool IsOfBlake(string file, string text) =>
        Path.GetFileName(file) is var name
        && (
            name.StartsWith("B2SUM", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".b2", StringComparison.OrdinalIgnoreCase)
            || text.TrimStart('\uFEFF').StartsWith("BLAKE2", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The file that <c>FILE.sha256</c> or <c>FILE.sha256sum</c> is about; null where the list is not named
    /// so.</summary>
    private static string? Beside(string file, FileHash hash)
    {
        var name = Path.GetFileName(file);
        return
            ((string[])[$".{hash.Algorithm}", $".{hash.Algorithm}sum"]).FirstOrDefault(each =>
                name.Length > each.Length && name.EndsWith(each, StringComparison.OrdinalIgnoreCase)
            )
                is { } suffix
            ? name[..^suffix.Length]
            : null;
    }
}
