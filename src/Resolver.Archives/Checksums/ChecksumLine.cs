using System.Text;
using Resolver.Packaging.Hashes;

namespace Resolver.Archives.Checksums;

/// <summary>A line of a list of hashes, as the programs of coreutils (<c>sha256sum</c>) and of BSD
/// (<c>sha256 -r</c>, <c>--tag</c>) write it.</summary>
/// <param name="Path">Null where the line is a hash alone, as in <c>FILE.sha256</c>.</param>
internal sealed record ChecksumLine(string? Path, FileHash Hash)
{
    /// <summary>Reads a line; null where it is none.</summary>
    public static ChecksumLine? Read(string line)
    {
        var isEscaped = line.StartsWith('\\');
        var rest = isEscaped ? line[1..] : line;
        if ((Tagged(rest) ?? Plain(rest)) is not { } read)
            return null;
        return isEscaped && read.Path is { } path ? read with { Path = Unescaped(path) } : read;
    }

    // HASH, two blanks (or one and '*') and a path.
    private static ChecksumLine? Plain(string line)
    {
        var length = line.IndexOf(' ') is >= 0 and var blank ? blank : line.Length;
        if (OfLength(line[..length]) is not { } hash)
            return null;
        var path = line[length..].Length > 2 && line[length + 1] is ' ' or '*' ? line[(length + 2)..] : null;
        if (path is null && line.TrimEnd().Length > length)
            path = line[(length + 1)..]; // BSD's -r has one blank
        return new ChecksumLine(path, hash);
    }

    // SHA256 (PATH) = HASH
    private static ChecksumLine? Tagged(string line)
    {
        const string middle = ") = ";
        if (
            line.IndexOf(" (", StringComparison.Ordinal) is not (> 0 and var head)
            || line.LastIndexOf(middle, StringComparison.Ordinal) is var at && at < head + 2
            || OfLength(line[(at + middle.Length)..]) is not { } hash
        )
            return null;
        return FileHash.FindKind(line[..head].Replace("-", "", StringComparison.Ordinal)) == hash.Kind
            ? new ChecksumLine(line[(head + 2)..at], hash)
            : null;
    }

    // The kinds that pip knows have digests of different lengths.
    private static FileHash? OfLength(string digest) =>
        !digest.All(char.IsAsciiHexDigit)
            ? null
            : digest.Length switch
            {
                32 => FileHash.Of("md5", digest),
                40 => FileHash.Of("sha1", digest),
                56 => FileHash.Of("sha224", digest),
                64 => FileHash.Of("sha256", digest),
                96 => FileHash.Of("sha384", digest),
                128 => FileHash.Of("sha512", digest),
                _ => null,
            };

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
