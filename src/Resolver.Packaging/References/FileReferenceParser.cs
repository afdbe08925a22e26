using Resolver.Packaging.Hashes;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.References;

/// <summary>Reads a <see cref="FileReference"/>. Used once.</summary>
/// <param name="text">The whole text.</param>
/// <param name="allowRelative">Whether <c>file:x</c> is a path relative to the working directory.</param>
internal sealed class FileReferenceParser(string text, bool allowRelative = false)
{
    private static readonly string[] Schemes = ["http", "https", "file", "ftp"];

    private static readonly string[] VersionControls = ["git", "hg", "svn", "bzr", "ssh"];

    // Algorithms of Python's hashlib that pip does not check in a fragment: to pass over them would be to trust in
    // vain.
    private static readonly string[] UncheckedHashes = ["blake2", "sha3", "shake", "sha512_", "sm3", "ripemd"];

    private ParseError? error;

    /// <summary>The scheme that the text begins with, in lower case; null where it begins with none that is known:
    /// <c>C:\x</c> is a path.</summary>
    public static string? SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 1 || !text.Take(colon).All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
            return null;
        var scheme = text[..colon].ToLowerInvariant();
        return
            Schemes.Contains(scheme)
            || VersionControls.Any(each => scheme == each || scheme.StartsWith(each + "+", StringComparison.Ordinal))
            ? scheme
            : null;
    }

    public ParseResult<FileReference> Read()
    {
        if (SchemeOf(text) is not { } scheme)
            return Failed(0, "a URL, such as file:///path/to/file (PEP 508 allows no path here)");
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var url = hash < 0 ? text : text[..hash];
        var start = scheme.Length + 1;
        var hasHost = url.AsSpan(start).StartsWith("//") || scheme is "ssh";
        var isPathAlone = !hasHost && scheme == "file" && url.Length > start && (allowRelative || url[start] == '/');
        if (!hasHost && !isPathAlone)
            return Failed(start, scheme == "file" ? "an absolute path, as in file:///path/to/file" : "'//' and a host");
        var rest = url[Math.Min(url.Length, isPathAlone ? start : start + 2)..];
        var path =
            isPathAlone ? rest
            : rest.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? rest[slash..]
            : "";
        var host = rest[..(rest.Length - path.Length)];
        if (path.IndexOf('?', StringComparison.Ordinal) is var query and >= 0)
            path = path[..query];
        var decoded = Uri.UnescapeDataString(path);
        if (decoded.Contains('\0', StringComparison.Ordinal))
            return Failed(start, "a path without NUL");
        string? local = null;
        if (scheme == "file")
        {
            if (host.Length > 0 && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
                return Failed(start + 2, "no host or 'localhost': other hosts have no files on this disk");
            if (decoded.Length == 0)
                return Failed(url.Length, "an absolute path");
            local = LocalPathOf(decoded);
        }
        var trimmed = decoded.TrimEnd('/');
        var reference = new FileReference
        {
            Text = text,
            Url = url,
            Scheme = scheme,
            LocalPath = local,
            FileName = trimmed[(trimmed.LastIndexOf('/') + 1)..],
        };
        if (hash >= 0)
            reference = ReadFragment(reference, hash + 1);
        return error is null ? ParseResult<FileReference>.Of(reference) : ParseResult<FileReference>.Failed(error);
    }

    private FileReference ReadFragment(FileReference reference, int start)
    {
        var hashes = new List<FileHash>();
        for (var at = start; at <= text.Length && error is null;)
        {
            var end = text.IndexOf('&', at) is var next and >= 0 ? next : text.Length;
            var equals = text.IndexOf('=', at, end - at);
            if (equals > at)
            {
                var (key, value) = (text[at..equals], text[(equals + 1)..end]);
                if (FileHash.Of(key, value) is { } hash)
                {
                    if (value.Length == 0 || !value.All(char.IsAsciiHexDigit))
                        Failed(equals + 1, $"the {hash.Algorithm} of the file in hex digits");
                    hashes.Add(hash);
                }
                else if (key == "subdirectory")
                    reference = reference with { Subdirectory = SubdirectoryOf(value, equals + 1) };
                else if (key == "egg")
                    reference = ReadEgg(reference, Uri.UnescapeDataString(value), equals + 1);
                else if (UncheckedHashes.Any(each => key.StartsWith(each, StringComparison.OrdinalIgnoreCase)))
                    Failed(at, $"a hash that can be checked: {string.Join(", ", FileHash.AlgorithmNames)}");
            }
            at = end + 1;
        }
        return reference with { Hashes = hashes };
    }

    private string? SubdirectoryOf(string value, int at)
    {
        var parts = Uri.UnescapeDataString(value).Split('/').Where(part => part is not ("" or ".")).ToList();
        if (parts.Contains("..") || parts.Exists(part => part.Contains('\0', StringComparison.Ordinal)))
            Failed(at, "a folder below the root of the archive");
        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    private FileReference ReadEgg(FileReference reference, string value, int at)
    {
        var bracket = value.EndsWith(']') ? value.IndexOf('[', StringComparison.Ordinal) : -1;
        var name = PackageName.TryParse(bracket < 0 ? value : value[..bracket]);
        var extras = bracket < 0 ? [] : value[(bracket + 1)..^1].Split(',').Select(each => each.Trim()).ToList();
        var parsed = extras.Where(each => each.Length > 0).Select(ExtraName.TryParse).ToList();
        if (name.Success && parsed.TrueForAll(each => each.Success))
            return reference with { Egg = name.Value, EggExtras = [.. parsed.Select(each => each.Value)] };
        Failed(at, "the name of a project, with extras in brackets or none");
        return reference;
    }

    // '/C:/x' is 'C:/x' where paths have drives; '/' itself stays.
    private static string LocalPathOf(string decoded)
    {
        var path = decoded.TrimEnd('/');
        if (path.Length == 0)
            return "/";
        return Path.DirectorySeparatorChar == '\\' && path.Length > 2 && path[0] == '/' && path[2] == ':'
            ? path[1..]
            : path;
    }

    private ParseResult<FileReference> Failed(int position, string expected) =>
        ParseResult<FileReference>.Failed(error ??= ParseError.At(text, Math.Min(position, text.Length), expected));
}
