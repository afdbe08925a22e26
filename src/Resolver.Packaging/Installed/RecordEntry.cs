namespace Resolver.Packaging.Installed;

/// <summary>One line of a RECORD (PEP 376, 627).</summary>
/// <param name="Path">As written: absolute, or relative to the folder that holds the dist-info; with <c>/</c>, or on
/// Windows also <c>\</c>.</param>
/// <param name="Algorithm">Such as <c>sha256</c>; null where no hash is given.</param>
/// <param name="Digest">URL-safe base64 without padding, as written; null where no hash is given.</param>
/// <param name="Size">Bytes; null where not given.</param>
public sealed record RecordEntry(string Path, string? Algorithm, string? Digest, long? Size)
{
    /// <summary>Whether the path is absolute on any system: <c>/x</c>, <c>\x</c> or <c>C:\x</c>.</summary>
    public bool IsAbsolute =>
        Path is ['/' or '\\', ..]
        || (Path.Length > 2 && char.IsAsciiLetter(Path[0]) && Path[1] == ':' && Path[2] is '/' or '\\');

    /// <summary>The digest's bytes, or null where there is none or it is no URL-safe base64.</summary>
    public byte[]? DigestBytes()
    {
        if (Digest is null)
            return null;
        var plain = Digest.TrimEnd('=');
        var bytes = new byte[plain.Length];
        return
            System.Buffers.Text.Base64Url.IsValid(plain)
            && System.Buffers.Text.Base64Url.TryDecodeFromChars(plain, bytes, out var written)
            ? bytes[..written]
            : null;
    }

    /// <summary>An entry for a file's content.</summary>
    public static RecordEntry Of(string path, ReadOnlySpan<byte> content)
    {
        var digest = System.Buffers.Text.Base64Url.EncodeToString(
            System.Security.Cryptography.SHA256.HashData(content)
        );
        return new RecordEntry(path, "sha256", digest, content.Length);
    }
}
