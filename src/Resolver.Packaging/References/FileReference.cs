using System.Text;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Hashes;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.References;

/// <summary>A URL that says where a file or a project is: a direct reference (PEP 508), the value of <c>-f</c>,
/// <c>-r</c> and <c>-c</c>, a file of a lock. Parsed once; immutable.</summary>
/// <remarks>Surprises of references:
/// <list type="bullet">
/// <item><c>file://localhost/x</c> is <c>file:///x</c> (RFC 8089); any other host is malformed, as it is for
/// pip.</item>
/// <item><c>file:/x</c> is <c>file:///x</c> too (RFC 8089); packaging 22 and later take it. <c>file:x</c> is relative
/// to the working directory, where pip takes a path.</item>
/// <item>A path alone (<c>name @ ./x</c>) is no URL (PEP 508).</item>
/// <item>The fragment holds a project's folder, its name for old pips, and any number of hashes:
/// <c>#egg=x&amp;subdirectory=y&amp;sha256=…</c>.</item>
/// </list></remarks>
public sealed record FileReference
{
    /// <summary>As written.</summary>
    public required string Text { get; init; }

    /// <summary>The URL as written, without its fragment.</summary>
    public required string Url { get; init; }

    /// <summary>The scheme in lower case, such as <c>file</c> or <c>git+https</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The absolute path of a <c>file:</c> URL, decoded, without a slash at its end; null for every other
    /// scheme.</summary>
    public string? LocalPath { get; init; }

    /// <summary>The last segment of the path, decoded; empty where there is none.</summary>
    public required string FileName { get; init; }

    /// <summary>The folder that holds the project, relative to the root of the archive, with <c>/</c>; null for the
    /// root.</summary>
    public string? Subdirectory { get; init; }

    /// <summary>The project that <c>#egg=</c> names; null where it names none.</summary>
    public PackageName? Egg { get; init; }

    /// <summary>The extras that <c>#egg=name[x]</c> names.</summary>
    public IReadOnlyList<ExtraName> EggExtras { get; init; } = [];

    /// <summary>The hashes that the fragment names, in the order written; the file must have all of them.</summary>
    public IReadOnlyList<FileHash> Hashes { get; init; } = [];

    /// <summary>Whether it points to a repository of a version control system.</summary>
    public bool IsVersionControl => Scheme.Contains('+', StringComparison.Ordinal) || Scheme is "git" or "ssh";

    /// <summary>The path with <c>#subdirectory=</c> where there is one, as paths of distributions are written; null
    /// for what is not on this disk.</summary>
    public string? LocalPlace => LocalPath is null ? null : new DistributionPath(LocalPath, Subdirectory).ToString();

    /// <summary>Reads a reference.</summary>
    public static ParseResult<FileReference> TryParse(string text) => new FileReferenceParser(text).Read();

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no reference.</exception>
    public static FileReference Parse(string text) => TryParse(text).Value;

    /// <summary>Whether a text is meant as a URL rather than a path: it begins with a known scheme and a
    /// colon.</summary>
    public static bool IsUrl(string text) => FileReferenceParser.SchemeOf(text) is not null;

    /// <summary>The URL of a path on this disk (RFC 8089), with a fragment where the project is in a folder of
    /// it.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="subdirectory">With <c>/</c>; null for the root.</param>
    public static string UrlOf(string path, string? subdirectory = null)
    {
        var url = new StringBuilder("file://");
        if (path is not ['/', ..])
            url.Append('/');
        Encode(url, path.Replace('\\', System.IO.Path.DirectorySeparatorChar == '\\' ? '/' : '\\'));
        if (subdirectory is not null)
            Encode(url.Append("#subdirectory="), subdirectory);
        return url.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static void Encode(StringBuilder url, string path)
    {
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || "/-_.~:+@".Contains((char)unit, StringComparison.Ordinal))
                url.Append((char)unit);
            else
                url.Append('%').Append(unit.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
