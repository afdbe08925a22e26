using System.Text;
using Resolver.Packaging.Parsing;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Resolver.Packaging.Toml;

/// <summary>Reads TOML 1.1 into a tree of values that know their places. Tomlyn reads the syntax and judges
/// redefinitions.</summary>
public static class TomlDocument
{
    // Nesting written in brackets is bounded by Tomlyn (64); dotted keys are not, and whoever walks the tree recurses.
    private const int DeepestKey = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads a document from bytes, which must be UTF-8 (TOML 1.1, "Preliminaries"); a byte order mark is
    /// passed over.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<TomlTable> TryParse(ReadOnlySpan<byte> utf8, string file)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8[3..];
        string text;
        try
        {
            text = StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + utf8[..Math.Clamp(e.Index, 0, utf8.Length)].Count((byte)'\n');
            return DocumentResult<TomlTable>.Failed(
                new DocumentError(file, line, 0, "bytes that are not UTF-8", "UTF-8 text")
            );
        }
        return TryParse(text, file);
    }

    /// <summary>Reads a document from text.</summary>
    /// <param name="file">How messages name the file.</param>
    public static DocumentResult<TomlTable> TryParse(string text, string file)
    {
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        DocumentSyntax syntax;
        try
        {
            syntax = SyntaxParser.Parse(text, file, validate: true);
        }
        catch (TomlException e)
        {
            var (line, column) = e.Span is { } span ? (span.Start.Line + 1, span.Start.Column + 1) : (0, 0);
            return DocumentResult<TomlTable>.Failed(TomlFault.At(file, line, column, e.Message));
        }
        // Its lexer faults on a few broken texts (an escape cut off by the end of the file): to whoever reads the
        // file that is one more text that is no TOML.
        catch (Exception e)
            when (e
                    is ArgumentException
                        or InvalidOperationException
                        or IndexOutOfRangeException
                        or NullReferenceException
                        or OverflowException
            )
        {
            return DocumentResult<TomlTable>.Failed(
                new DocumentError(
                    file,
                    1 + text.AsSpan().Count('\n'),
                    0,
                    "a text that cannot be read to its end",
                    "TOML"
                )
            );
        }
        foreach (var message in syntax.Diagnostics)
        {
            if (message.Kind == DiagnosticMessageKind.Error)
                return DocumentResult<TomlTable>.Failed(
                    TomlFault.At(file, message.Span.Start.Line + 1, message.Span.Start.Column + 1, message.Message)
                );
        }
        return new Builder(file).Build(syntax);
    }

    /// <summary>Merges the syntax tree's headers and dotted keys into one tree of tables.</summary>
    private sealed class Builder(string file)
    {
        private DocumentError? error;

        public DocumentResult<TomlTable> Build(DocumentSyntax syntax)
        {
            var root = new TomlTable(1, 1);
            foreach (var pair in syntax.KeyValues)
                Add(root, pair);
            foreach (var header in syntax.Tables)
            {
                if (error is not null)
                    break;
                if (header.Name is not { } name)
                    continue;
                var table = header is TableArraySyntax ? AppendTable(root, name) : Open(root, Parts(name), name);
                if (table is null)
                    break;
                foreach (var pair in header.Items)
                    Add(table, pair);
            }
            return error is null ? DocumentResult<TomlTable>.Of(root) : DocumentResult<TomlTable>.Failed(error);
        }

        private void Add(TomlTable table, KeyValueSyntax pair)
        {
            if (error is not null || pair.Key is not { } key || pair.Value is not { } value)
                return;
            var parts = Parts(key);
            var parent = Open(table, parts[..^1], key);
            if (parent is null)
                return;
            var (line, column) = Place(value);
            if (Read(value, line, column) is { } node && !parent.TryAdd(parts[^1], node))
                Fail(key, $"the key {OneLine.Quote(parts[^1])} a second time", "each key once");
        }

        private TomlTable? AppendTable(TomlTable root, KeySyntax name)
        {
            var parts = Parts(name);
            var parent = Open(root, parts[..^1], name);
            if (parent is null)
                return null;
            var (line, column) = Place(name);
            var table = new TomlTable(line, column);
            if (parent[parts[^1]] is TomlArray { IsTableArray: true, Items: List<TomlNode> items })
            {
                items.Add(table);
                return table;
            }
            if (parent.TryAdd(parts[^1], new TomlArray(new List<TomlNode> { table }, true, line, column)))
                return table;
            return Fail(name, $"the key {OneLine.Quote(parts[^1])} a second time", "each key once");
        }

        /// <summary>Walks down, making tables that are not there; an array of tables stands for its last one.</summary>
        private TomlTable? Open(TomlTable table, List<string> path, SyntaxNode at)
        {
            if (path.Count > DeepestKey)
                return Fail(at, $"a key of {path.Count} parts", $"at most {DeepestKey} parts");
            foreach (var part in path)
            {
                if (!table.TryGet(part, out var next))
                {
                    var (line, column) = Place(at);
                    table.TryAdd(part, next = new TomlTable(line, column));
                }
                if (next is TomlArray { IsTableArray: true, Items: [.., var last] })
                    next = last;
                if (next is not TomlTable inner)
                    return Fail(at, $"{next.Describe()} under {OneLine.Quote(part)}", "a table");
                table = inner;
            }
            return table;
        }

        private TomlNode? Read(ValueSyntax value, int line, int column)
        {
            switch (value)
            {
                case StringValueSyntax text:
                    return new TomlText(text.Value ?? "", line, column);
                case IntegerValueSyntax integer:
                    return new TomlInteger(integer.Value, line, column);
                case FloatValueSyntax number:
                    return new TomlFloat(number.Value, line, column);
                case BooleanValueSyntax boolean:
                    return new TomlBoolean(boolean.Value, line, column);
                case DateTimeValueSyntax date:
                    var written = date.Token?.Text ?? "";
                    return new TomlDateTime(
                        written,
                        written.Contains(':') && written.LastIndexOfAny(['Z', 'z', '+', '-']) > written.IndexOf(':'),
                        line,
                        column
                    );
                case ArraySyntax array:
                    var items = new List<TomlNode>();
                    foreach (var item in array.Items)
                    {
                        if (item.Value is not { } element)
                            continue;
                        var (itemLine, itemColumn) = Place(element);
                        if (Read(element, itemLine, itemColumn) is { } node)
                            items.Add(node);
                    }
                    return new TomlArray(items, false, line, column);
                case InlineTableSyntax inline:
                    var table = new TomlTable(line, column);
                    foreach (var item in inline.Items)
                    {
                        if (item.KeyValue is { } pair)
                            Add(table, pair);
                    }
                    return table;
                default:
                    Fail(value, "a value of no known kind", "a TOML value");
                    return null;
            }
        }

        private TomlTable? Fail(SyntaxNode at, string found, string expected)
        {
            var (line, column) = Place(at);
            error ??= new DocumentError(file, line, column, found, expected);
            return null;
        }

        private static (int Line, int Column) Place(SyntaxNode node) =>
            (node.Span.Start.Line + 1, node.Span.Start.Column + 1);

        private static List<string> Parts(KeySyntax key)
        {
            var parts = new List<string> { Text(key.Key) };
            foreach (var more in key.DotKeys)
                parts.Add(Text(more.Key));
            return parts;
        }

        private static string Text(BareKeyOrStringValueSyntax? key) =>
            key switch
            {
                StringValueSyntax text => text.Value ?? "",
                BareKeySyntax bare => bare.Key?.Text ?? "",
                _ => "",
            };
    }
}
