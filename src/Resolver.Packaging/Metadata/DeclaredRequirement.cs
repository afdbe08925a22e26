using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;

namespace Resolver.Packaging.Metadata;

/// <summary>A requirement where a file declares it: the text is kept even where it is no dependency specifier, so
/// that one bad line spoils no file.</summary>
/// <param name="Text">As written, without the white space around it.</param>
/// <param name="Line">Line of the file, from 1; 0 where it is in no file.</param>
/// <param name="Column">Column, from 1; 0 where none is known.</param>
/// <param name="Parsed">The requirement (PEP 508), or why the text is none.</param>
public sealed record DeclaredRequirement(string Text, int Line, int Column, ParseResult<Requirement> Parsed)
{
    /// <summary>Reads one requirement text.</summary>
    public static DeclaredRequirement Read(string text, int line = 0, int column = 0) =>
        new(text, line, column, Requirement.TryParse(text));

    /// <summary>The requirement with a further condition; an unreadable one as it is.</summary>
    /// <param name="condition">A marker, in parentheses where it has an 'or'.</param>
    public DeclaredRequirement Under(string condition) =>
        Parsed.Success ? Read(Parsed.Value.TextUnder(condition), Line, Column) : this;

    /// <summary>The error with its place in <paramref name="file"/>, or null where the requirement was read.</summary>
    public DocumentError? ErrorIn(string file) =>
        Parsed.Error is { } error
            ? new DocumentError(
                file,
                Line,
                Column,
                $"{error.Found} at position {error.Position + 1} of {OneLine.Quote(Text)}",
                error.Expected
            )
            : null;
}
