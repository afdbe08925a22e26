using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Resolver.Execution.Commands;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;

namespace Resolver.Execution.Steps;

/// <summary>Writes <c>direct_url.json</c> (PEP 610, the direct URL data structure).</summary>
internal static class DirectUrl
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content of the file, UTF-8; null where the standard asks for what nobody knows: the commit of a
    /// checkout.</summary>
    /// <param name="reference">As the requirement has it.</param>
    /// <param name="candidate">What was installed.</param>
    public static byte[]? Of(string reference, Candidate candidate)
    {
        var (url, fragment) = reference.Split('#', 2) is [var first, var second] ? (first, second) : (reference, "");
        if (IsVersionControl(url))
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (candidate.Kind == DistributionKind.Tree)
                json.WriteStartObject("dir_info");
            else
            {
                json.WriteStartObject("archive_info");
                if (candidate.Sha256 is { } hash)
                {
                    json.WriteString("hash", $"sha256={hash}");
                    json.WriteStartObject("hashes");
                    json.WriteString("sha256", hash);
                    json.WriteEndObject();
                }
            }
            json.WriteEndObject();
            if (Subdirectory(fragment) is { } subdirectory)
                json.WriteString("subdirectory", subdirectory);
            json.WriteString("url", WithoutPassword(url));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static bool IsVersionControl(string url) =>
        url.StartsWith("git+", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("hg+", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("svn+", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("bzr+", StringComparison.OrdinalIgnoreCase);

    private static string? Subdirectory(string fragment) =>
        fragment
            .Split('&')
            .Select(part => part.Split('=', 2))
            .Where(part => part is ["subdirectory", { Length: > 0 }])
            .Select(part => Uri.UnescapeDataString(part[1]))
            .FirstOrDefault();

    // The standard forbids user names and passwords, but for names of variables.
    private static string WithoutPassword(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return Path.IsPathRooted(url) ? FileUrl.Of(url) : url;
        var end = url.IndexOf('/', start + 3) is var slash and >= 0 ? slash : url.Length;
        var at = url.LastIndexOf('@', end - 1, end - start - 3);
        return at < 0 ? url : url[..(start + 3)] + url[(at + 1)..];
    }
}
