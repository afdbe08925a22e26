using System.Security.Cryptography;
using Resolver.Archives.Files;
using Resolver.Packaging.Hashes;

namespace Resolver.Archives.Hashes;

/// <summary>The digests of a file's content.</summary>
public static class FileDigests
{
    /// <summary>Reads the file once and computes these digests, in lower-case hex.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyDictionary<HashKind, string> Of(string file, IEnumerable<HashKind> kinds)
    {
        var known = new List<(HashKind Kind, IncrementalHash Hash)>();
        Sha224? sha224 = null;
        foreach (var kind in kinds.Distinct())
        {
            if (kind == HashKind.Sha224)
                sha224 = new Sha224();
            else
                known.Add((kind, IncrementalHash.CreateHash(NameOf(kind))));
        }
        try
        {
            using var stream = DiskFile.OpenRead(file);
            var buffer = new byte[1 << 16];
            while (stream.Read(buffer) is var count and > 0)
            {
                foreach (var (_, hash) in known)
                    hash.AppendData(buffer, 0, count);
                sha224?.Append(buffer.AsSpan(0, count));
            }
            var digests = known.ToDictionary(
                each => each.Kind,
                each => Convert.ToHexStringLower(each.Hash.GetHashAndReset())
            );
            if (sha224 is not null)
                digests[HashKind.Sha224] = Convert.ToHexStringLower(sha224.Finish());
            return digests;
        }
        finally
        {
            foreach (var (_, hash) in known)
                hash.Dispose();
        }
    }

    private static HashAlgorithmName NameOf(HashKind kind) =>
        kind switch
        {
            HashKind.Md5 => HashAlgorithmName.MD5,
            HashKind.Sha1 => HashAlgorithmName.SHA1,
            HashKind.Sha256 => HashAlgorithmName.SHA256,
            HashKind.Sha384 => HashAlgorithmName.SHA384,
            HashKind.Sha512 => HashAlgorithmName.SHA512,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "an algorithm of the framework"),
        };
}
