using System.Globalization;
using System.Numerics;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Tags;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.FileNames;

/// <summary>What a wheel's file name says (PEP 427, "File name convention"; PEP 425).</summary>
/// <param name="Name">Normalised. What a file name lets through may be no valid project name; the metadata inside
/// decides.</param>
/// <param name="Version">The version.</param>
/// <param name="BuildTag">(number, suffix), or null where there is none. Sorts by number, then suffix; none before
/// any.</param>
/// <param name="Tags">Every tag of the compressed set, expanded.</param>
public sealed record WheelFileName(
    PackageName Name,
    Version Version,
    (BigInteger Number, string Suffix)? BuildTag,
    IReadOnlyList<Tag> Tags
)
{
    private const string Extension = ".whl";

    /// <summary>Whether the compressed tag set is written in sorted order, as PEP 425 asks.</summary>
    public bool TagsAreSorted { get; init; } = true;

    /// <summary>Reads a file name without its folder.</summary>
    public static ParseResult<WheelFileName> TryParse(string fileName) =>
        TryRead(fileName, out var error) is { } wheel
            ? ParseResult<WheelFileName>.Of(wheel)
            : ParseResult<WheelFileName>.Failed(error!);

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The name is not that of a wheel.</exception>
    public static WheelFileName Parse(string fileName) => TryParse(fileName).Value;

    private static WheelFileName? TryRead(string fileName, out ParseError? error)
    {
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal))
        {
            error = ParseError.At(fileName, fileName.Length, $"the extension {Extension}");
            return null;
        }
        var end = fileName.Length - Extension.Length;
        var parts = fileName[..end].Split('-');
        if (parts.Length is not (5 or 6))
        {
            error = new(
                fileName,
                end,
                $"{parts.Length} parts between hyphens",
                "name-version(-build)-interpreter-abi-platform"
            );
            return null;
        }
        error = CheckName(fileName, parts[0]);
        if (error is not null)
            return null;
        var at = parts[0].Length + 1;
        if (!Version.TryParse(parts[1].AsSpan(), out var version))
        {
            var inner = Version.TryParse(parts[1]).Error!;
            error = new(fileName, at + inner.Position, inner.Found, inner.Expected);
            return null;
        }
        at += parts[1].Length + 1;
        (BigInteger, string)? build = null;
        if (parts.Length == 6)
        {
            build = ReadBuild(parts[2]);
            if (build is null)
            {
                error = ParseError.At(fileName, at, "a digit at the start of the build tag");
                return null;
            }
            at += parts[2].Length + 1;
        }
        if (TagSet.TryParse(fileName, at, end, out error) is not { } tags)
            return null;
        return new(PackageName.Unchecked(parts[0]), version, build, tags.Tags) { TagsAreSorted = tags.IsSorted };
    }

    /// <summary>PEP 427, "Escaping and Unicode": runs of other characters were replaced by one underscore; names of
    /// any script were once allowed.</summary>
    private static ParseError? CheckName(string fileName, string name)
    {
        if (name.Length == 0)
            return ParseError.At(fileName, 0, "the name of the project");
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '.' && !PythonText.IsWordAt(name, i))
                return ParseError.At(fileName, i, "a letter, a digit, '_' or '.' in the name of the project");
            if (i > 0 && name[i] == '_' && name[i - 1] == '_')
                return ParseError.At(fileName, i, "single underscores in the name of the project");
        }
        return null;
    }

    private static (BigInteger Number, string Suffix)? ReadBuild(string text)
    {
        var digits = 0;
        while (digits < text.Length && PythonText.IsDigit(text[digits]))
            digits++;
        if (digits == 0)
            return null;
        var line = text.IndexOf('\n', digits);
        return (
            BigInteger.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture),
            text[digits..(line < 0 ? text.Length : line)]
        );
    }
}
