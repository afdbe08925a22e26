namespace Resolver.Packaging.Parsing;

/// <summary>What is wrong at one place of a file: where, what was found, what was expected. Its text is one
/// line.</summary>
/// <param name="File">The file as the caller named it, such as <c>pyproject.toml</c> or
/// <c>archive/x-1.tar.gz!x-1/PKG-INFO</c>.</param>
/// <param name="Line">From 1; 0 where the error is about the file as a whole (something is missing).</param>
/// <param name="Column">From 1, in UTF-16 units; 0 where no column is known.</param>
/// <param name="Found">What stands there, for a person; never null.</param>
/// <param name="Expected">What the standard allows there, for a person; never null.</param>
public sealed record DocumentError(string File, int Line, int Column, string Found, string Expected)
{
    /// <summary>The place as compilers write it: <c>FILE</c>, <c>FILE:LINE</c> or <c>FILE:LINE:COLUMN</c>.</summary>
    public string Place =>
        Line == 0 ? File
        : Column == 0 ? $"{File}:{Line}"
        : $"{File}:{Line}:{Column}";

    /// <summary><c>FILE:LINE:COLUMN: expected X, found Y</c>, always one line: control characters are shown as
    /// escapes.</summary>
    public override string ToString() => $"{OneLine.Of(Place)}: {Reason}";

    /// <summary>What is wrong, without the place; always one line.</summary>
    public string Reason =>
        Fault is null ? $"expected {OneLine.Of(Expected)}, found {OneLine.Of(Found)}" : OneLine.Of(Fault);

    /// <summary>What is wrong, where that is a sentence of its own: then <see cref="Reason"/> is this.</summary>
    public string? Fault { get; init; }
}
