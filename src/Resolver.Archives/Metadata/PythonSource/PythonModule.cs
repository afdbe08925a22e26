namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>The names that a module binds once, at its top level, and what setup() is called with. Reads; never runs.</summary>
internal sealed class PythonModule
{
    // Bounds on hostile source: no honest setup.py comes near them.
    private const int LongestSource = 1 << 20;
    private const int LongestChain = 64;
    private const int LongestSubscript = 2000;

    // Methods that leave a list or dict as it is; any other may change it.
    private static readonly HashSet<string> Harmless = ["copy", "items", "keys", "values", "get", "index", "count", "format", "join", "strip", "split", "splitlines", "startswith", "endswith", "lower", "upper", "replace", "encode", "decode", "rstrip", "lstrip"];

    private readonly IReadOnlyList<PythonToken> tokens;
    private readonly Dictionary<string, int> bound = new(StringComparer.Ordinal); // name to the first token of its value
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PythonValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> reading = new(StringComparer.Ordinal);
    private readonly List<(int Bracket, bool InFunction)> setupCalls = [];

    private PythonModule(IReadOnlyList<PythonToken> tokens)
    {
        this.tokens = tokens;
        ReadStatements();
        ReadChanges();
    }

    /// <summary>Names imported from elsewhere: the name here, and the module (with its leading dots) and name there.</summary>
    public Dictionary<string, (string Module, string Name)> Imported { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether any statement calls setup().</summary>
    public bool CallsSetup => setupCalls.Count > 0;

    /// <summary>Reads a module; null where the text is no Python.</summary>
    public static PythonModule? Read(string text) => text.Length <= LongestSource && PythonTokenizer.Read(text) is { } tokens ? new PythonModule(tokens) : null;

    /// <summary>The value of a name that is bound exactly once, at the top level, and never changed; otherwise unknown.</summary>
    public PythonValue this[string name]
    {
        get
        {
            if (values.TryGetValue(name, out var known)) return known;
            if (!bound.TryGetValue(name, out var start) || changed.Contains(name) || reading.Count >= LongestChain || !reading.Add(name)) return PythonValue.Unknown.Instance;
            var reader = new LiteralReader(tokens, n => this[n]);
            var value = reader.Read(start);
            // 'a = 1, 2' is a tuple without brackets.
            if (reader.At < tokens.Count && tokens[reader.At].Is(",")) value = BareTuple(value, reader);
            reading.Remove(name);
            return values[name] = value;
        }
    }

    /// <summary>The keyword arguments of the only call of setup(), or null where there is none, there are several, or they cannot be told.</summary>
    public PythonValue.Mapping? SetupArguments()
    {
        if (setupCalls is not [var (bracket, inFunction)]) return null;
        // Inside a function a name may be a local one.
        var reader = new LiteralReader(tokens, inFunction ? _ => PythonValue.Unknown.Instance : n => this[n]);
        return reader.CallAt(bracket) as PythonValue.Mapping;
    }

    private PythonValue BareTuple(PythonValue first, LiteralReader reader)
    {
        var items = new List<PythonValue> { first };
        while (reader.At < tokens.Count && tokens[reader.At].Is(",") && tokens[reader.At + 1].Kind != PythonTokenKind.LineEnd)
            items.Add(reader.Read(reader.At + 1));
        return items.Any(i => i is PythonValue.Unknown) ? PythonValue.Unknown.Instance : new PythonValue.Sequence(items);
    }

    private void ReadStatements()
    {
        // Blocks around the current line: how far they are indented, and whether what is bound inside certainly holds (None), perhaps (Maybe) or elsewhere (Scope).
        var blocks = new Stack<(int Indent, Block Kind)>();
        for (var start = 0; start < tokens.Count;)
        {
            var end = start;
            while (end < tokens.Count && tokens[end].Kind != PythonTokenKind.LineEnd) end++;
            if (end > start)
            {
                while (blocks.TryPeek(out var block) && tokens[start].Indent <= block.Indent) blocks.Pop();
                var kind = blocks.Select(b => b.Kind).DefaultIfEmpty(Block.Certain).Max();
                Statement(start, end, kind);
                if (BlockOf(start, end) is { } opened) blocks.Push((tokens[start].Indent, opened));
            }
            start = end + 1;
        }
    }

    private enum Block
    {
        Certain,
        Maybe,
        Scope,
    }

    private Block? BlockOf(int start, int end)
    {
        if (!tokens[end - 1].Is(":") || tokens[start].Kind != PythonTokenKind.Name) return null;
        return tokens[start].Text switch
        {
            "def" or "class" or "async" => Block.Scope,
            "with" => Block.Certain,
            "if" when end - start == 5 && tokens[start + 1].Is("__name__") => Block.Certain,
            _ => Block.Maybe,
        };
    }

    private void Statement(int start, int end, Block block)
    {
        FindSetup(start, end, block);
        var first = tokens[start];
        if (first.Is("import") || first.Is("from")) Import(start, end, block);
        else if (first.Is("def") || first.Is("class")) Bind(tokens[start + 1].Text, null, block);
        else if (first.Is("global") || first.Is("del")) foreach (var token in Names(start + 1, end)) changed.Add(token);
        else Assignment(start, end, block);

        for (var i = start; i + 1 < end; i++)
        {
            // 'for x in', 'with … as x', 'except … as x': inside brackets a 'for' is a comprehension, whose names are its own.
            if (i == start && tokens[i].Is("for")) foreach (var name in Names(i + 1, IndexOf("in", i, end))) Bind(name, null, Block.Maybe);
            if (tokens[i].Is("as") && !first.Is("import") && !first.Is("from") && tokens[i + 1].Kind == PythonTokenKind.Name) Bind(tokens[i + 1].Text, null, Block.Maybe);
            if (tokens[i + 1].Is(":=")) changed.Add(tokens[i].Text);
        }
    }

    /// <summary><c>a = b = VALUE</c>, with an annotation or without; any other target makes its names unknown.</summary>
    private void Assignment(int start, int end, Block block)
    {
        var depth = 0;
        var targets = new List<(int Start, int End)>();
        var from = start;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Operator) continue;
            if (tokens[i].Text is "(" or "[" or "{") depth++;
            else if (tokens[i].Text is ")" or "]" or "}") depth--;
            else if (depth == 0 && tokens[i].Text == "=")
            {
                targets.Add((from, i));
                from = i + 1;
            }
            else if (depth == 0 && tokens[i].Text.Length > 1 && tokens[i].Text[^1] == '=' && tokens[i].Text is not ("==" or "!=" or "<=" or ">=" or ":="))
            {
                changed.Add(tokens[start].Text);
                return;
            }
        }
        foreach (var (targetStart, targetEnd) in targets)
        {
            var isName = tokens[targetStart].Kind == PythonTokenKind.Name && (targetEnd == targetStart + 1 || tokens[targetStart + 1].Is(":"));
            if (isName) Bind(tokens[targetStart].Text, from, block);
            else foreach (var name in Names(targetStart, targetEnd)) changed.Add(name);
        }
    }

    private void Bind(string name, int? value, Block block)
    {
        if (block == Block.Scope) return;
        if (value is null || block == Block.Maybe || !bound.TryAdd(name, value.Value)) changed.Add(name);
    }

    private void Import(int start, int end, Block block)
    {
        var import = tokens[start].Is("from") ? IndexOf("import", start, end) : start;
        var module = string.Concat(tokens.Skip(start + 1).Take(Math.Max(0, import - start - 1)).Select(t => t.Text));
        for (var i = import + 1; i < end; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Name) continue;
            var name = tokens[i].Text;
            while (import == start && i + 2 < end && tokens[i + 1].Is(".")) i += 2;
            var local = name;
            if (i + 2 < end && tokens[i + 1].Is("as")) local = tokens[i += 2].Text;
            if (import > start && block == Block.Certain && !bound.ContainsKey(local)) Imported[local] = (module, name);
            Bind(local, null, block);
        }
    }

    private void FindSetup(int start, int end, Block block)
    {
        for (var i = start; i + 1 < end; i++)
        {
            if (!tokens[i].Is("setup") || !tokens[i + 1].Is("(")) continue;
            if (i > start && (tokens[i - 1].Is("def") || (tokens[i - 1].Is(".") && !(i > start + 1 && (tokens[i - 2].Is("setuptools") || tokens[i - 2].Is("core")))))) continue;
            setupCalls.Add((i + 1, block == Block.Scope));
        }
    }

    /// <summary>Containers that are changed in place after they were bound: <c>x.append(…)</c>, <c>x[…] = …</c>, anywhere in the file.</summary>
    private void ReadChanges()
    {
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Name || !bound.ContainsKey(tokens[i].Text) || (i > 0 && tokens[i - 1].Is("."))) continue;
            if (tokens[i + 1].Is(".") && !Harmless.Contains(tokens[i + 2].Text)) changed.Add(tokens[i].Text);
            else if (tokens[i + 1].Is("["))
            {
                var depth = 0;
                var j = i + 1;
                for (; j < tokens.Count && j < i + LongestSubscript; j++)
                {
                    if (tokens[j].Is("[")) depth++;
                    else if (tokens[j].Is("]") && --depth == 0) break;
                }
                if (depth > 0) changed.Add(tokens[i].Text);
                else if (j + 1 < tokens.Count && tokens[j + 1].Kind == PythonTokenKind.Operator && (tokens[j + 1].Text is "." or "[" || (tokens[j + 1].Text[^1] == '=' && tokens[j + 1].Text is not ("==" or "!=" or "<=" or ">="))))
                    changed.Add(tokens[i].Text);
            }
        }
    }

    private int IndexOf(string text, int start, int end)
    {
        for (var i = start; i < end; i++) if (tokens[i].Is(text)) return i;
        return end;
    }

    private IEnumerable<string> Names(int start, int end) => tokens.Skip(start).Take(Math.Max(0, end - start)).Where(t => t.Kind == PythonTokenKind.Name).Select(t => t.Text);
}
