using System.Buffers.Text;
using System.Security.Cryptography;

namespace Resolver.Execution.Verification;

/// <summary>The hashes of a RECORD: base64 for URLs without padding (PEP 376).</summary>
internal static class RecordHash
{
    /// <summary>The hash of a content as a RECORD writes it; null where the algorithm is not known here.</summary>
    /// <param name="algorithm">As written in the RECORD, such as <c>sha256</c>.</param>
    public static string? Of(string? algorithm, Stream content)
    {
        byte[]? hash = algorithm switch
        {
            "sha256" => SHA256.HashData(content),
            "sha384" => SHA384.HashData(content),
            "sha512" => SHA512.HashData(content),
            _ => null,
        };
        return hash is null ? null : Base64Url.EncodeToString(hash);
    }

    /// <summary>Whether a written hash is this one; padding does not matter.</summary>
    public static bool Fits(string? written, string hash) => written?.TrimEnd('=') == hash;
}
