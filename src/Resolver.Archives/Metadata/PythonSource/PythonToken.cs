namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>What a token of Python is.</summary>
internal enum PythonTokenKind
{
    Name,

    /// <summary>A text literal; <see cref="PythonToken.Text"/> is its value.</summary>
    Text,

    Number,

    /// <summary>Operators and brackets.</summary>
    Operator,

    /// <summary>A literal whose value is not plain text: f-strings, t-strings, bytes.</summary>
    OtherLiteral,

    /// <summary>The end of a logical line, or a semicolon between two statements.</summary>
    LineEnd,
}

/// <summary>A token of Python.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Indent">Indentation of the logical line it stands in, tabs counting to the next multiple of
/// eight.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, string Text, int Line, int Indent)
{
    public bool Is(string text) => Kind is PythonTokenKind.Operator or PythonTokenKind.Name && Text == text;
}
