using System.Text;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Markers;

/// <summary>Reads the marker grammar of PEP 508 from a place in a text. Only spaces and tabs are white space
/// there.</summary>
/// <remarks>Used once: on failure <see cref="Error"/> is set and the position is where it happened.</remarks>
internal sealed class MarkerParser(string text, int start)
{
    /// <summary>Deeper nesting is refused: it has no use, and unbounded recursion would end the process.</summary>
    private const int MaximalDepth = 400;

    private static readonly string[] Variables =
    [
        "python_version",
        "python_full_version",
        "os_name",
        "os.name",
        "sys_platform",
        "sys.platform",
        "platform_release",
        "platform_system",
        "platform_version",
        "platform.version",
        "platform_machine",
        "platform.machine",
        "platform_python_implementation",
        "platform.python_implementation",
        "python_implementation",
        "implementation_name",
        "implementation_version",
        "extra",
        "extras",
        "dependency_groups",
    ];

    private int depth;

    public int Position { get; private set; } = start;

    public ParseError? Error { get; private set; }

    /// <summary>A part of the tree with its normalised text. Parentheses around more than one part are kept, because
    /// packaging keeps them.</summary>
    /// <param name="Expression">The tree.</param>
    /// <param name="Text">As packaging writes it.</param>
    /// <param name="Readable">As it reads back: the same where that does.</param>
    /// <param name="IsCompound">Whether there is more than one part.</param>
    internal readonly record struct Part(MarkerExpression Expression, string Text, string Readable, bool IsCompound)
    {
        public string Nested => Nest(Text);

        public string NestedReadable => Nest(Readable);

        private string Nest(string text) => IsCompound ? $"({text})" : text;
    }

    /// <summary>One side of a comparison.</summary>
    private readonly record struct Operand(string Value, bool IsVariable)
    {
        public string Text => IsVariable ? Value : QuotedText.WriteAsReference(Value);

        public string Readable => IsVariable ? Value : QuotedText.Write(Value);
    }

    /// <summary><c>a and b or c</c>, to the first thing that does not belong to it.</summary>
    public Part? Read()
    {
        if (ReadAtom() is not { } first)
            return null;
        List<List<Part>> alternatives =
        [
            [first],
        ];
        while (Word("or") || Word("and"))
        {
            var isOr = text[Position] == 'o';
            Position += isOr ? 2 : 3;
            if (ReadAtom() is not { } next)
                return null;
            if (isOr)
                alternatives.Add([next]);
            else
                alternatives[^1].Add(next);
        }
        if (alternatives is [[var only]])
            return only;
        var words = Joined(part => part.Nested);
        var readable = alternatives.TrueForAll(parts => parts.TrueForAll(part => part.Readable == part.Text))
            ? words
            : Joined(part => part.NestedReadable);
        var conjunctions = alternatives.ConvertAll(parts =>
            parts is [var single]
                ? single.Expression
                : new MarkerExpression.And(parts.ConvertAll(part => part.Expression))
        );
        return new(conjunctions is [var one] ? one : new MarkerExpression.Or(conjunctions), words, readable, true);

        string Joined(Func<Part, string> nested) =>
            string.Join(" or ", alternatives.Select(parts => string.Join(" and ", parts.Select(nested))));
    }

    public void SkipWhitespace()
    {
        while (Position < text.Length && text[Position] is ' ' or '\t')
            Position++;
    }

    private Part? ReadAtom()
    {
        SkipWhitespace();
        Part? result;
        if (Position < text.Length && text[Position] == '(')
        {
            var open = Position++;
            if (++depth > MaximalDepth)
                return Fail(open, $"at most {MaximalDepth} parentheses inside one another");
            result = Read();
            depth--;
            if (result is null)
                return null;
            if (Position >= text.Length || text[Position] != ')')
                return Fail(Position, $"'and', 'or', or ')' for the '(' at position {open + 1}");
            Position++;
        }
        else
        {
            result = ReadComparison();
        }
        SkipWhitespace();
        return result;
    }

    private Part? ReadComparison()
    {
        if (ReadOperand() is not { } left)
            return null;
        SkipWhitespace();
        if (ReadOperator() is not { } comparison)
            return null;
        SkipWhitespace();
        if (ReadOperand() is not { } right)
            return null;
        (left, right) = NormalizeNames(left, right);
        var variableOnLeft = left.IsVariable;
        var expression = new MarkerExpression.Comparison(
            variableOnLeft ? left.Value : right.Value,
            comparison,
            variableOnLeft ? right.Value : left.Value,
            variableOnLeft
        );
        var words = $"{left.Text} {comparison} {right.Text}";
        var readable = $"{left.Readable} {comparison} {right.Readable}";
        return new(expression, words, readable == words ? words : readable, false);
    }

    /// <summary>PEP 685, 735: names of extras and groups are compared in normalised form, so they are kept
    /// so.</summary>
    private static (Operand Left, Operand Right) NormalizeNames(Operand left, Operand right)
    {
        if (left is { IsVariable: true, Value: "extra" } && !right.IsVariable)
            return (left, new(NameGrammar.Normalize(right.Value), false));
        if (right is { IsVariable: true, Value: "extra" or "extras" or "dependency_groups" } && !left.IsVariable)
            return (new(NameGrammar.Normalize(left.Value), false), right);
        return (left, right);
    }

    private Operand? ReadOperand()
    {
        if (Position < text.Length && text[Position] is '"' or '\'')
            return ReadQuoted();
        foreach (var variable in Variables)
        {
            if (!Word(variable))
                continue;
            Position += variable.Length;
            var name = variable.Replace('.', '_');
            return new(name == "python_implementation" ? "platform_python_implementation" : name, true);
        }
        Fail(Position, "a marker variable such as python_version, or a quoted text");
        return null;
    }

    private Operand? ReadQuoted()
    {
        var open = Position;
        var close = text.IndexOf(text[open], open + 1);
        if (close < 0)
        {
            Fail(text.Length, $"{text[open]} to close the quote at position {open + 1}");
            return null;
        }
        if (QuotedText.Read(text.AsSpan(open + 1, close - open - 1), out var mistake) is not { } value)
        {
            Fail(open + 1 + mistake, "a character or a valid escape inside the quotes");
            return null;
        }
        Position = close + 1;
        return new(value, false);
    }

    private string? ReadOperator()
    {
        if (Word("in"))
        {
            Position += 2;
            return "in";
        }
        if (Word("not"))
        {
            Position += 3;
            var space = Position;
            SkipWhitespace();
            if (space == Position || !Word("in"))
            {
                Fail(Position, "'in' after 'not'");
                return null;
            }
            Position += 2;
            return "not in";
        }
        if (Specifiers.SpecifierGrammar.OperatorAt(text, Position, out var length) is { } comparison)
        {
            Position += length;
            return Specifiers.SpecifierGrammar.TextOf(comparison);
        }
        Fail(Position, "one of the operators ==, !=, <=, >=, <, >, ~=, ===, in, not in");
        return null;
    }

    /// <summary>Whether the word stands here, with a word boundary at both ends.</summary>
    private bool Word(string word) =>
        string.CompareOrdinal(text, Position, word, 0, word.Length) == 0
        && PythonText.IsBoundary(text, Position)
        && PythonText.IsBoundary(text, Position + word.Length);

    private Part? Fail(int position, string expected)
    {
        Error ??= ParseError.At(text, position, expected);
        return null;
    }
}
