using System.Text;
using Resolver.Packaging.Lockfiles;

namespace Resolver.Archives.Checksums;

/// <summary>Lists of hashes: <c>SHA256SUMS</c> as <c>sha256sum</c> writes them (and BSD's <c>--tag</c>), and lock
/// files (PEP 751).</summary>
public static class ChecksumList
{
    private const int HexLength = 64;

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
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var expected = new List<ExpectedFile>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Trim().Length == 0 || line.StartsWith('#'))
                continue;
            var (path, sha256) =
                Tagged(line)
                ?? Plain(line)
                ?? throw new FormatException(
                    $"{file}:{number}: expected a SHA-256 in hex, two blanks and a path, or SHA256 (PATH) = HEX"
                );
            expected.Add(
                new ExpectedFile(Path.GetFullPath(Path.Combine(folder, path)), true, sha256.ToLowerInvariant())
            );
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
                .Where(each => each.Hash("sha256") is not null)
                .Select(each => new ExpectedFile(each.FileName, false, each.Hash("sha256")!)),
        ];
    }

    private static (string Path, string Sha256)? Plain(string line)
    {
        var isEscaped = line.StartsWith('\\');
        var rest = isEscaped ? line[1..] : line;
        if (
            rest.Length < HexLength + 3
            || !IsHex(rest[..HexLength])
            || rest[HexLength] != ' '
            || rest[HexLength + 1] is not (' ' or '*')
        )
            return null;
        var path = rest[(HexLength + 2)..];
        return (isEscaped ? Unescaped(path) : path, rest[..HexLength]);
    }

    private static (string Path, string Sha256)? Tagged(string line)
    {
        const string head = "SHA256 (",
            middle = ") = ";
        var isEscaped = line.StartsWith('\\');
        var rest = isEscaped ? line[1..] : line;
        if (
            !rest.StartsWith(head, StringComparison.Ordinal)
            || rest.LastIndexOf(middle, StringComparison.Ordinal) is not (> 0 and var at)
            || !IsHex(rest[(at + middle.Length)..])
        )
            return null;
        var path = rest[head.Length..at];
        return (isEscaped ? Unescaped(path) : path, rest[(at + middle.Length)..]);
    }

    private static bool IsHex(string text) => text.Length == HexLength && text.All(char.IsAsciiHexDigit);

    private static string Unescaped(string path)
    {
        var text = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] != '\\' || i + 1 == path.Length)
                text.Append(path[i]);
            else
                text.Append(
                    path[++i] switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        var other => other,
                    }
                );
        }
        return text.ToString();
    }
}
