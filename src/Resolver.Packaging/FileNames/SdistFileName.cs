using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.FileNames;

/// <summary>What a source distribution's file name says (PEP 625, "Source distribution file name"; PEP 527 for
/// .zip).</summary>
/// <param name="Name">Normalised. What a file name lets through may be no valid project name; the metadata inside
/// decides.</param>
/// <param name="Version">What follows the last hyphen.</param>
/// <remarks>
/// Names from before PEP 625 are ambiguous: <c>a-b-1.0</c> may be project <c>a</c> at version <c>b-1.0</c> no less
/// than project <c>a-b</c>, and <c>cffi-1.0.2-2</c> is cffi at 1.0.2-2. This is the reading of the standard, by the
/// last hyphen; the metadata inside decides.
/// </remarks>
public sealed record SdistFileName(PackageName Name, Version Version)
{
    /// <summary>The name as written, without version and extension.</summary>
    public required string RawName { get; init; }

    /// <summary><c>.tar.gz</c> or <c>.zip</c>.</summary>
    public required string Extension { get; init; }

    /// <summary>Reads a file name without its folder.</summary>
    public static ParseResult<SdistFileName> TryParse(string fileName) =>
        TryRead(fileName, out var error) is { } sdist
            ? ParseResult<SdistFileName>.Of(sdist)
            : ParseResult<SdistFileName>.Failed(error!);

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The name is not that of a source distribution.</exception>
    public static SdistFileName Parse(string fileName) => TryParse(fileName).Value;

    private static SdistFileName? TryRead(string fileName, out ParseError? error)
    {
        var extension =
            fileName.EndsWith(".tar.gz", StringComparison.Ordinal) ? ".tar.gz"
            : fileName.EndsWith(".zip", StringComparison.Ordinal) ? ".zip"
            : null;
        if (extension is null)
        {
            error = ParseError.At(fileName, fileName.Length, "the extension .tar.gz or .zip");
            return null;
        }
        var end = fileName.Length - extension.Length;
        var hyphen = fileName.AsSpan(0, end).LastIndexOf('-');
        if (hyphen <= 0)
        {
            error =
                hyphen < 0
                    ? ParseError.At(fileName, end, "'-' and a version before the extension")
                    : ParseError.At(fileName, 0, "the name of the project");
            return null;
        }
        if (!Version.TryParse(fileName.AsSpan(hyphen + 1, end - hyphen - 1), out var version))
        {
            var inner = Version.TryParse(fileName[(hyphen + 1)..end]).Error!;
            error = ParseError.At(fileName, hyphen + 1 + inner.Position, inner.Expected);
            return null;
        }
        error = null;
        var name = fileName[..hyphen];
        return new(PackageName.Unchecked(name), version) { RawName = name, Extension = extension };
    }
}
