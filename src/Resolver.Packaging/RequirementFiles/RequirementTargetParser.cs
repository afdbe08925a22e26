using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>Tells a dependency specifier from a path and from a URL by its text alone; pip also looks at the disk,
/// which would make a file mean different things in different places.</summary>
internal static class RequirementTargetParser
{
    private static readonly string[] ArchiveSuffixes =
    [
        ".whl",
        ".zip",
        ".tar.gz",
        ".tgz",
        ".tar",
        ".tar.bz2",
        ".tbz",
        ".tar.xz",
        ".txz",
        ".tlz",
        ".tar.lz",
        ".tar.lzma",
    ];

    /// <param name="isEditable">After <c>-e</c> a name alone is a folder, and there are no dependency specifiers but
    /// <c>name @ URL</c>.</param>
    public static ParseResult<RequirementTarget> Parse(string text, bool isEditable)
    {
        var isUrl = FileReference.IsUrl(text);
        // As pip takes it, a semicolon with nothing after it is an empty marker, which always holds.
        if (!isUrl && text.Length > 0 && text.IndexOf(';', StringComparison.Ordinal) == text.Length - 1)
            text = text[..^1].TrimEnd();
        var (body, marker) = PartMarker(text, isUrl);
        if (!isUrl && !IsPath(body, isEditable))
            return From(Requirement.TryParse(text), r => new RequirementTarget.Named(r));

        var condition = default(Marker);
        if (marker is not null)
        {
            var parsed = Marker.TryParse(marker);
            if (!parsed.Success)
                return Moved<RequirementTarget>(parsed.Error, text, text.Length - marker.Length);
            condition = parsed.Value;
        }
        var extras = new List<ExtraName>();
        var bracket = body.EndsWith(']') ? body.LastIndexOf('[') : -1;
        if (bracket > 0)
        {
            var at = bracket + 1;
            foreach (var name in body[at..^1].Split(','))
            {
                var parsed = ExtraName.TryParse(name.Trim());
                if (!parsed.Success)
                    return Moved<RequirementTarget>(parsed.Error, text, at);
                extras.Add(parsed.Value);
                at += name.Length + 1;
            }
            body = body[..bracket];
        }
        if (!isUrl)
            return ParseResult<RequirementTarget>.Of(new RequirementTarget.Local(body, extras, condition));
        var link = new RequirementTarget.Link(body, extras, condition);
        return link.Reference is { Success: false, Error: { } malformed }
            ? ParseResult<RequirementTarget>.Failed(malformed)
            : ParseResult<RequirementTarget>.Of(link);
    }

    /// <summary>A URL may hold semicolons, so only one before a blank begins its marker; elsewhere any does.</summary>
    private static (string Body, string? Marker) PartMarker(string text, bool isUrl)
    {
        var at = isUrl ? text.IndexOf("; ", StringComparison.Ordinal) : text.IndexOf(';', StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at].TrimEnd(), text[(at + 1)..].TrimStart());
    }

    private static bool IsPath(string body, bool isEditable)
    {
        var at = body.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0 && !LooksLikePath(body[..at]))
            return false;
        if (isEditable || LooksLikePath(body))
            return true;
        var bare = body.EndsWith(']') && body.LastIndexOf('[') is var bracket and > 0 ? body[..bracket] : body;
        return ArchiveSuffixes.Any(s => bare.EndsWith(s, StringComparison.OrdinalIgnoreCase))
            && !bare.AsSpan().ContainsAny("<>=~");
    }

    private static bool LooksLikePath(string text) => text.StartsWith('.') || text.AsSpan().ContainsAny('/', '\\');

    private static ParseResult<RequirementTarget> From<T>(ParseResult<T> result, Func<T, RequirementTarget> make) =>
        result.Success
            ? ParseResult<RequirementTarget>.Of(make(result.Value))
            : ParseResult<RequirementTarget>.Failed(result.Error);

    /// <summary>An error of a part, placed in the whole.</summary>
    private static ParseResult<T> Moved<T>(ParseError error, string whole, int offset) =>
        ParseResult<T>.Failed(error with { Input = whole, Position = Math.Min(offset + error.Position, whole.Length) });
}
