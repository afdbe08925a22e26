namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>The names that a module binds once, at its top level, and what setup() is called with. Reads; never
/// runs.</summary>
internal sealed class PythonModule
{
    // Bounds on hostile source: no honest setup.py comes near them.
    private const int LongestSource = 1 << 20;
    private const int LongestChain = 64;
    private const int LongestSubscript = 2000;

    // Methods that leave a list or dict as it is; any other may change it.
    private static readonly HashSet<string> Harmless =
    [
        "copy",
        "items",
        "keys",
        "values",
        "get",
        "index",
        "count",
        "format",
        "join",
        "strip",
        "split",
        "splitlines",
        "startswith",
        "endswith",
        "lower",
        "upper",
        "replace",
        "encode",
        "decode",
        "rstrip",
        "lstrip",
    ];

    // Where a setup() comes from that hands on what it is given; any other may do with it what it likes.
    private static readonly HashSet<string> Setups =
    [
        "setuptools",
        "distutils",
        "distutils.core",
        "numpy.distutils.core",
        "skbuild",
        "cx_Freeze",
    ];

    private readonly IReadOnlyList<PythonToken> tokens;
    private readonly Dictionary<string, int> bound = new(StringComparer.Ordinal); // name to the first token of its value
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PythonValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> reading = new(StringComparer.Ordinal);
    private readonly List<(int Bracket, bool InFunction)> setupCalls = [];
    private readonly HashSet<string> defined = new(StringComparer.Ordinal); // functions of the module itself
    private readonly List<(string Name, string Value)> aliases = [];
    private readonly List<(List<string> Names, List<string> Over)> loops = [];
    private readonly List<string> recent = []; // names bound since the last statement that may have bound any
    private bool hasOwnSetup;

    private PythonModule(IReadOnlyList<PythonToken> tokens)
    {
        this.tokens = tokens;
        ReadStatements();
        ReadChanges();
        ReadArguments();
        FollowAliases();
    }

    /// <summary>Names imported from elsewhere: the name here, and the module (with its leading dots) and name
    /// there.</summary>
    public Dictionary<string, (string Module, string Name)> Imported { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether any statement calls setup().</summary>
    public bool CallsSetup => setupCalls.Count > 0;

    /// <summary>Reads a module; null where the text is no Python.</summary>
    public static PythonModule? Read(string text) =>
        text.Length <= LongestSource && PythonTokenizer.Read(text) is { } tokens ? new PythonModule(tokens) : null;

    /// <summary>The value of a name that is bound exactly once, at the top level, and never changed; otherwise
    /// unknown.</summary>
    public PythonValue this[string name]
    {
        get
        {
            if (values.TryGetValue(name, out var known))
                return known;
            if (
                !bound.TryGetValue(name, out var start)
                || changed.Contains(name)
                || reading.Count >= LongestChain
                || !reading.Add(name)
            )
                return PythonValue.Unknown.Instance;
            var reader = new LiteralReader(tokens, n => this[n]);
            var value = reader.Read(start);
            // 'a = 1, 2' is a tuple without brackets.
            if (reader.At < tokens.Count && tokens[reader.At].Is(","))
                value = BareTuple(value, reader);
            reading.Remove(name);
            return values[name] = value;
        }
    }

    /// <summary>The keyword arguments of the only call of setup(), or null where there is none, there are several, or
    /// they cannot be told.</summary>
    public PythonValue.Mapping? SetupArguments()
    {
        if (hasOwnSetup || setupCalls is not [var (bracket, inFunction)])
            return null;
        // Inside a function a name may be a local one.
        var reader = new LiteralReader(tokens, inFunction ? _ => PythonValue.Unknown.Instance : n => this[n]);
        return reader.CallAt(bracket) as PythonValue.Mapping;
    }

    private PythonValue BareTuple(PythonValue first, LiteralReader reader)
    {
        var items = new List<PythonValue> { first };
        while (
            reader.At < tokens.Count
            && tokens[reader.At].Is(",")
            && tokens[reader.At + 1].Kind != PythonTokenKind.LineEnd
        )
            items.Add(reader.Read(reader.At + 1));
        return items.Any(i => i is PythonValue.Unknown)
            ? PythonValue.Unknown.Instance
            : new PythonValue.Sequence(items);
    }

    private void ReadStatements()
    {
        // Blocks around the current line: how far they are indented, and whether what is bound inside certainly holds
        // (None), perhaps (Maybe) or elsewhere (Scope).
        var blocks = new Stack<(int Indent, Block Kind)>();
        var inline = Block.Certain;
        for (var start = 0; start < tokens.Count;)
        {
            var end = start;
            while (end < tokens.Count && tokens[end].Kind != PythonTokenKind.LineEnd)
                end++;
            if (end > start)
            {
                while (blocks.TryPeek(out var block) && tokens[start].Indent <= block.Indent)
                    blocks.Pop();
                var kind = blocks.Select(b => b.Kind).Append(inline).Max();
                var body = BodyOf(start, end);
                Statement(start, body, kind);
                if (BlockOf(start, body) is { } opened)
                {
                    if (body == end)
                        blocks.Push((tokens[start].Indent, opened));
                    else
                    {
                        // 'else: x = 1; y = 2': the block is the rest of the line.
                        inline = kind > opened ? kind : opened;
                        Statement(body, end, inline);
                    }
                }
            }
            if (end >= tokens.Count || tokens[end].Text != ";")
                inline = Block.Certain;
            start = end + 1;
        }
    }

    private enum Block
    {
        Certain,
        Maybe,
        Scope,
    }

    /// <summary>Behind the colon of a compound statement whose block is on the same line; else the end of the
    /// statement.</summary>
    private int BodyOf(int start, int end)
    {
        if (
            !(
                tokens[start].Text
                is "if"
                    or "elif"
                    or "else"
                    or "try"
                    or "except"
                    or "finally"
                    or "for"
                    or "while"
                    or "with"
                    or "def"
                    or "class"
                    or "async"
            )
            || tokens[start].Kind != PythonTokenKind.Name
        )
            return end;
        var depth = 0;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Operator)
                continue;
            if (tokens[i].Text is "(" or "[" or "{")
                depth++;
            else if (tokens[i].Text is ")" or "]" or "}")
                depth--;
            else if (depth == 0 && tokens[i].Text == ":")
                return i + 1;
        }
        return end;
    }

    private Block? BlockOf(int start, int end)
    {
        if (!tokens[end - 1].Is(":") || tokens[start].Kind != PythonTokenKind.Name)
            return null;
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
        if (start >= end)
            return;
        FindSetup(start, end, block);
        var first = tokens[start];
        if (first.Is("import") || first.Is("from"))
            Import(start, end, block);
        else if (first.Is("def") || first.Is("class"))
        {
            defined.Add(tokens[start + 1].Text);
            Bind(tokens[start + 1].Text, null, block);
        }
        else if (first.Is("global") || first.Is("del"))
            foreach (var token in Names(start + 1, end))
                Change(token);
        else
            Assignment(start, end, block);
        if (first.Is("for"))
            loops.Add(([.. Names(start + 1, IndexOf("in", start, end))], [.. Names(IndexOf("in", start, end), end)]));
        if (block != Block.Scope && BindsUnseen(start, end))
        {
            foreach (var name in recent)
                Change(name);
            recent.Clear();
        }

        for (var i = start; i + 1 < end; i++)
        {
            // 'for x in', 'with … as x', 'except … as x': inside brackets a 'for' is a comprehension, whose names are
            // its own.
            if (i == start && tokens[i].Is("for"))
                foreach (var name in Names(i + 1, IndexOf("in", i, end)))
                    Bind(name, null, Block.Maybe);
            if (
                tokens[i].Is("as")
                && !first.Is("import")
                && !first.Is("from")
                && tokens[i + 1].Kind == PythonTokenKind.Name
            )
                Bind(tokens[i + 1].Text, null, Block.Maybe);
            if (tokens[i + 1].Is(":="))
                Change(tokens[i].Text);
        }
    }

    /// <summary>Whether a statement may bind any name without saying which: <c>exec(…)</c> in the names of the
    /// module, <c>import *</c>, <c>globals()[…]</c>. What is bound behind it holds.</summary>
    private bool BindsUnseen(int start, int end)
    {
        if (tokens[start].Is("from"))
            return tokens[end - 1].Is("*");
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Name || (i > start && tokens[i - 1].Is(".")))
                continue;
            if (tokens[i].Text is "exec" or "execfile")
            {
                // With names of its own, which is the second argument, it leaves those of the module alone.
                var depth = 0;
                var own = false;
                var j = i + 1;
                for (; j < end; j++)
                {
                    if (tokens[j].Is("globals") || tokens[j].Is("locals") || tokens[j].Is("vars"))
                        return true;
                    if (tokens[j].Text is "(" or "[" or "{" && tokens[j].Kind == PythonTokenKind.Operator)
                        depth++;
                    else if (
                        tokens[j].Text is ")" or "]" or "}"
                        && tokens[j].Kind == PythonTokenKind.Operator
                        && --depth == 0
                    )
                        break;
                    else if (depth == 1 && tokens[j].Is(",") && j + 1 < end && !tokens[j + 1].Is(")"))
                        own = true;
                }
                if (!own)
                    return true;
                i = j;
            }
            else if (
                tokens[i].Text is "globals" or "locals" or "vars"
                && i + 3 < end
                && tokens[i + 1].Is("(")
                && tokens[i + 2].Is(")")
                && (tokens[i + 3].Is("[") || tokens[i + 3].Is("."))
            )
                return true;
        }
        return false;
    }

    /// <summary><c>a = b = VALUE</c>, with an annotation or without; any other target makes its names
    /// unknown.</summary>
    private void Assignment(int start, int end, Block block)
    {
        var depth = 0;
        var targets = new List<(int Start, int End)>();
        var from = start;
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Operator)
                continue;
            if (tokens[i].Text is "(" or "[" or "{")
                depth++;
            else if (tokens[i].Text is ")" or "]" or "}")
                depth--;
            else if (depth == 0 && tokens[i].Text == "=")
            {
                targets.Add((from, i));
                from = i + 1;
            }
            else if (
                depth == 0
                && tokens[i].Text.Length > 1
                && tokens[i].Text[^1] == '='
                && tokens[i].Text is not ("==" or "!=" or "<=" or ">=" or ":=")
            )
            {
                Change(tokens[start].Text);
                return;
            }
        }
        foreach (var (targetStart, targetEnd) in targets)
        {
            var isName =
                tokens[targetStart].Kind == PythonTokenKind.Name
                && (targetEnd == targetStart + 1 || tokens[targetStart + 1].Is(":"));
            if (isName)
                Bind(tokens[targetStart].Text, from, block);
            else
                foreach (var name in Names(targetStart, targetEnd))
                    Change(name);
            // 'b = a': two names of one list.
            if (isName && from + 1 == end && tokens[from].Kind == PythonTokenKind.Name)
                aliases.Add((tokens[targetStart].Text, tokens[from].Text));
        }
        foreach (var (one, other) in targets.Zip(targets.Skip(1)))
            aliases.Add((tokens[one.Start].Text, tokens[other.Start].Text));
    }

    private void Bind(string name, int? value, Block block)
    {
        if (block == Block.Scope)
            return;
        if (name == "setup")
            hasOwnSetup = true;
        recent.Add(name);
        if (value is null || block == Block.Maybe || !bound.TryAdd(name, value.Value))
            Change(name);
        else
            Imported.Remove(name);
    }

    private void Change(string name)
    {
        changed.Add(name);
        Imported.Remove(name);
    }

    private void Import(int start, int end, Block block)
    {
        var import = tokens[start].Is("from") ? IndexOf("import", start, end) : start;
        var module = string.Concat(tokens.Skip(start + 1).Take(Math.Max(0, import - start - 1)).Select(t => t.Text));
        for (var i = import + 1; i < end; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Name)
                continue;
            var name = tokens[i].Text;
            while (import == start && i + 2 < end && tokens[i + 1].Is("."))
                i += 2;
            var local = name;
            if (i + 2 < end && tokens[i + 1].Is("as"))
                local = tokens[i += 2].Text;
            var isKnownSetup = local == "setup" && import > start && Setups.Contains(module);
            if (!isKnownSetup)
                Bind(local, null, block);
            if (import > start && block == Block.Certain && !bound.ContainsKey(local))
                Imported[local] = (module, name);
        }
    }

    private void FindSetup(int start, int end, Block block)
    {
        for (var i = start; i + 1 < end; i++)
        {
            if (!tokens[i].Is("setup") || !tokens[i + 1].Is("("))
                continue;
            if (
                i > start
                && (
                    tokens[i - 1].Is("def")
                    || (
                        tokens[i - 1].Is(".")
                        && !(i > start + 1 && (tokens[i - 2].Is("setuptools") || tokens[i - 2].Is("core")))
                    )
                )
            )
                continue;
            setupCalls.Add((i + 1, block == Block.Scope));
        }
    }

    /// <summary>Containers that are changed in place after they were bound: <c>x.append(…)</c>, <c>x[…] = …</c>,
    /// <c>x.get(…).append(…)</c>, anywhere in the file.</summary>
    private void ReadChanges()
    {
        var mutated = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Name || (i > 0 && tokens[i - 1].Is(".")))
                continue;
            if (tokens[i + 1].Is("."))
            {
                if (
                    !Harmless.Contains(tokens[i + 2].Text)
                    || (
                        tokens[i + 2].Text is "get" or "values" or "items"
                        && i + 3 < tokens.Count
                        && tokens[i + 3].Is("(")
                        && Closing(i + 3) is { } close
                        && close + 1 < tokens.Count
                        && tokens[close + 1].Is(".")
                    )
                )
                    mutated.Add(tokens[i].Text);
            }
            else if (tokens[i + 1].Is("["))
            {
                if (Closing(i + 1) is not { } close)
                    mutated.Add(tokens[i].Text);
                else if (
                    close + 1 < tokens.Count
                    && tokens[close + 1].Kind == PythonTokenKind.Operator
                    && (
                        tokens[close + 1].Text is "." or "["
                        || (
                            tokens[close + 1].Text[^1] == '='
                            && tokens[close + 1].Text is not ("==" or "!=" or "<=" or ">=")
                        )
                    )
                )
                    mutated.Add(tokens[i].Text);
            }
            else if (tokens[i + 1].Kind == PythonTokenKind.Operator && tokens[i + 1].Text is "+=" or "|=" or "*=")
                mutated.Add(tokens[i].Text);
        }
        // What a loop changes of its items, it changes of what it goes over.
        foreach (var (names, over) in loops)
            if (names.Any(mutated.Contains))
                mutated.UnionWith(over);
        foreach (var name in mutated)
            if (bound.ContainsKey(name))
                changed.Add(name);
    }

    /// <summary>Where a bracket is closed; null where that is too far.</summary>
    private int? Closing(int opening)
    {
        var depth = 0;
        for (var j = opening; j < tokens.Count && j < opening + LongestSubscript; j++)
        {
            if (tokens[j].Kind != PythonTokenKind.Operator)
                continue;
            if (tokens[j].Text is "(" or "[" or "{")
                depth++;
            else if (tokens[j].Text is ")" or "]" or "}" && --depth == 0)
                return j;
        }
        return null;
    }

    /// <summary>Lists and dicts that are given to a function of the module itself, which may change them.</summary>
    private void ReadArguments()
    {
        var callees = new Stack<bool>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == PythonTokenKind.LineEnd)
                callees.Clear();
            else if (tokens[i].Kind == PythonTokenKind.Operator && tokens[i].Text is "(" or "[" or "{")
                callees.Push(
                    tokens[i].Text == "("
                        && i > 0
                        && tokens[i - 1].Kind == PythonTokenKind.Name
                        && defined.Contains(tokens[i - 1].Text)
                        && !(i > 1 && (tokens[i - 2].Is("def") || tokens[i - 2].Is("class") || tokens[i - 2].Is(".")))
                );
            else if (tokens[i].Kind == PythonTokenKind.Operator && tokens[i].Text is ")" or "]" or "}")
                callees.TryPop(out _);
            else if (
                tokens[i].Kind == PythonTokenKind.Name
                && callees.TryPeek(out var own)
                && own
                && bound.ContainsKey(tokens[i].Text)
                && i + 1 < tokens.Count
                && (tokens[i + 1].Is(",") || tokens[i + 1].Is(")"))
                && this[tokens[i].Text] is PythonValue.Sequence or PythonValue.Mapping
            )
                changed.Add(tokens[i].Text);
        }
        values.Clear();
    }

    /// <summary>What is changed under one of its names is changed under all.</summary>
    private void FollowAliases()
    {
        var others = aliases
            .Concat(aliases.Select(each => (Name: each.Value, Value: each.Name)))
            .ToLookup(each => each.Name, each => each.Value);
        var queue = new Queue<string>(changed);
        while (queue.TryDequeue(out var name))
        {
            foreach (var other in others[name])
                if (bound.ContainsKey(other) && changed.Add(other))
                    queue.Enqueue(other);
        }
    }

    private int IndexOf(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (tokens[i].Is(text))
                return i;
        return end;
    }

    private IEnumerable<string> Names(int start, int end) =>
        tokens
            .Skip(start)
            .Take(Math.Max(0, end - start))
            .Where(t => t.Kind == PythonTokenKind.Name)
            .Select(t => t.Text);
}
