using System.Text;
using System.Text.Json;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Installed;

/// <summary><c>direct_url.json</c> (PEP 610): where a distribution came from that was requested by URL or path. One
/// installed by name has none.</summary>
/// <param name="Url">As written; credentials must not be in it (<see cref="StripCredentials"/>).</param>
/// <param name="Source">What the URL points to.</param>
/// <param name="Subdirectory">The folder that holds the project; null for the root.</param>
public sealed record DirectUrl(string Url, DirectUrlSource Source, string? Subdirectory)
{
    /// <summary>Reads bytes.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<DirectUrl> TryParse(ReadOnlySpan<byte> utf8, string file = "direct_url.json") =>
        JsonReading.Read(
            utf8,
            file,
            root => new DirectUrl(
                root.Text("url", file).Required(file, "url"),
                ReadSource(root, file),
                root.Text("subdirectory", file)
            )
        );

    /// <summary>Reads text.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<DirectUrl> TryParse(string text, string file = "direct_url.json") =>
        TryParse(JsonReading.Bytes(text), file);

    /// <summary>The file's text, on one line, keys in the order of the standard.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("url", Url);
            WriteSource(json);
            if (Subdirectory is not null)
                json.WriteString("subdirectory", Subdirectory);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>A URL without the user and password it may hold. Kept are references to environment variables
    /// (<c>${NAME}</c>) and <c>git@</c> before a host reached by ssh, which is no secret (direct URL data structure,
    /// "Security Considerations").</summary>
    public static string StripCredentials(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return url;
        start += 3;
        var length = url.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = length < 0 ? url[start..] : url.Substring(start, length);
        var at = authority.LastIndexOf('@');
        if (at < 0)
            return url;
        var credentials = authority[..at];
        return credentials == "git" || credentials.Split(':', 2).All(IsVariable) ? url : url.Remove(start, at + 1);
    }

    private static bool IsVariable(string text) =>
        text.StartsWith("${", StringComparison.Ordinal)
        && text.EndsWith('}')
        && text.Length > 3
        && text[2..^1].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static DirectUrlSource ReadSource(JsonElement root, string file)
    {
        var vcs = root.Object("vcs_info", file);
        var archive = root.Object("archive_info", file);
        var directory = root.Object("dir_info", file);
        var count = (vcs is null ? 0 : 1) + (archive is null ? 0 : 1) + (directory is null ? 0 : 1);
        if (count != 1)
            throw new DocumentFormatException(
                new DocumentError(
                    file,
                    0,
                    0,
                    $"{count} of 'vcs_info', 'archive_info', 'dir_info'",
                    "exactly one of them (PEP 610)"
                )
            );
        if (vcs is { } v)
            return new DirectUrlSource.VersionControl(
                v.Text("vcs", file).Required(file, "vcs"),
                v.Text("commit_id", file).Required(file, "commit_id"),
                v.Text("requested_revision", file)
            );
        return archive is { } a
            ? ReadArchive(a, file)
            : new DirectUrlSource.LocalDirectory(directory!.Value.Boolean("editable", file));
    }

    private static DirectUrlSource.Archive ReadArchive(JsonElement archive, string file)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var hash in archive.Object("hashes", file)?.EnumerateObject() ?? default)
        {
            if (hash.Value.ValueKind != JsonValueKind.String)
                throw JsonReading.Wrong(file, hash.Name, hash.Value, "a string");
            hashes[hash.Name.ToLowerInvariant()] = hash.Value.GetString()!;
        }
        var legacy = archive.Text("hash", file);
        if (legacy is not null)
        {
            var equals = legacy.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new DocumentFormatException(
                    new DocumentError(file, 0, 0, $"the hash {OneLine.Quote(legacy)}", "ALGORITHM=DIGEST")
                );
            // Where both are present, 'hashes' alone counts.
            if (archive.Member("hashes") is null)
                hashes.Add(legacy[..equals].ToLowerInvariant(), legacy[(equals + 1)..]);
        }
        return new DirectUrlSource.Archive([.. hashes], legacy);
    }

    private void WriteSource(Utf8JsonWriter json)
    {
        switch (Source)
        {
            case DirectUrlSource.VersionControl vcs:
                json.WriteStartObject("vcs_info");
                json.WriteString("vcs", vcs.Type);
                if (vcs.RequestedRevision is not null)
                    json.WriteString("requested_revision", vcs.RequestedRevision);
                json.WriteString("commit_id", vcs.CommitId);
                break;
            case DirectUrlSource.Archive archive:
                json.WriteStartObject("archive_info");
                if (archive.LegacyHash is not null)
                    json.WriteString("hash", archive.LegacyHash);
                if (archive.Hashes.Count > 0)
                {
                    json.WriteStartObject("hashes");
                    foreach (var (algorithm, digest) in archive.Hashes)
                        json.WriteString(algorithm, digest);
                    json.WriteEndObject();
                }
                break;
            case DirectUrlSource.LocalDirectory directory:
                json.WriteStartObject("dir_info");
                if (directory.Editable is { } editable)
                    json.WriteBoolean("editable", editable);
                break;
            default:
                throw new InvalidOperationException("a source outside the closed set");
        }
        json.WriteEndObject();
    }
}
