using Resolver.Archives.Reading;

namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>The names that a module binds once, at its top level, and what setup() is called with. Reads; never
/// runs.</summary>
internal sealed partial class PythonModule
{
    // Bounds on hostile source: no honest setup.py comes near them.
    private const int LongestSource = 1 << 20;

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
    private readonly List<(int Bracket, IReadOnlyList<int> Functions)> setupCalls = [];
    private readonly HashSet<(int Function, string Name)> locals = [];
    private readonly Dictionary<(int Function, string Name), int> localValues = [];
    private readonly Dictionary<string, int> first = new(StringComparer.Ordinal); // name to its first value at the top
    private readonly HashSet<string> defined = new(StringComparer.Ordinal); // functions of the module itself
    private readonly List<(string Name, string Value)> aliases = [];
    private readonly List<(List<string> Names, List<string> Over)> loops = [];
    private readonly List<string> recent = []; // names bound since the last statement that may have bound any
    private readonly ReadingBudget budget;
    private IReadOnlyList<int> functions = []; // those around the current statement, by where they begin
    private bool isAtTop;
    private bool isCertainInFunction;
    private bool hasOwnSetup;

    private PythonModule(IReadOnlyList<PythonToken> tokens, ReadingBudget budget)
    {
        (this.tokens, this.budget) = (tokens, budget);
        ReadStatements();
        ReadChanges();
        ReadArguments();
        FollowAliases();
    }

    /// <summary>Names imported from elsewhere: the name here, and the module (with its leading dots) and name
    /// there.</summary>
    public Dictionary<string, (string Module, string Name)> Imported { get; } = new(StringComparer.Ordinal);

    // Modules that are imported whole, once and certainly: the name here, and the module.
    private readonly Dictionary<string, string> modules = new(StringComparer.Ordinal);

    /// <summary>Whether any statement calls setup().</summary>
    public bool CallsSetup => setupCalls.Count > 0;

    /// <summary>Reads a module; null where the text is no Python.</summary>
    /// <param name="budget">Null for one of its own.</param>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public static PythonModule? Read(string text, ReadingBudget? budget = null)
    {
        if (text.Length > LongestSource)
            return null;
        budget ??= new ReadingBudget();
        // A token takes ten times as much as its characters.
        budget.Spend(2L * text.Length);
        return PythonTokenizer.Read(text) is { } tokens ? new PythonModule(tokens, budget) : null;
    }

    /// <summary>The value of a name that is bound exactly once, at the top level, and never changed; otherwise
    /// unknown.</summary>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public PythonValue this[string name]
    {
        get
        {
            if (values.TryGetValue(name, out var known))
                return known;
            if (!bound.TryGetValue(name, out var start) || changed.Contains(name) || !reading.Add(name))
                return PythonValue.Unknown.Instance;
            var value = WithChangedKeys(name, ValueAt(start, n => this[n], onlyDisplays: false));
            reading.Remove(name);
            return values[name] = value;
        }
    }

    /// <summary>The value of the first statement at the very top that assigns to a name, where it is one that
    /// <c>ast.literal_eval</c> takes: what setuptools (<c>attr:</c>) and Flit take before they think of importing the
    /// module, whatever comes later.</summary>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public PythonValue FirstLiteral(string name) =>
        first.TryGetValue(name, out var start)
            ? ValueAt(start, _ => PythonValue.Unknown.Instance, onlyDisplays: true)
            : PythonValue.Unknown.Instance;

    /// <summary>The keyword arguments of setup(): of several calls what they agree on, the rest being unknown. Null
    /// where there is no call, or nothing of it can be determined.</summary>
    /// <param name="ofModule">What another module of the project binds to a name; null for nothing.</param>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public PythonValue.Mapping? SetupArguments(Func<string, string, PythonValue>? ofModule = null)
    {
        if (hasOwnSetup || setupCalls.Count == 0)
            return null;
        PythonValue.Mapping? agreed = null;
        var differ = false;
        foreach (var (bracket, around) in setupCalls)
        {
            // Inside a function a name may be a local one.
            var reader = new LiteralReader(
                tokens,
                n => In(around, n),
                budget,
                attributes: ofModule is null ? null : path => Imports(around, path, ofModule)
            );
            if (reader.CallAt(bracket) is not PythonValue.Mapping arguments)
                return null;
            differ |=
                agreed?.Items.Any(item => arguments.Stated(item.Key) is { } other && Differ(item.Value, other)) == true;
            agreed = agreed is null ? arguments : Agreement(agreed, arguments);
        }
        return
            agreed is { IsOpen: true, Items.Count: 0 }
            || (differ && agreed!.Items.All(item => item.Value is PythonValue.Unknown))
            ? null
            : agreed;

        static bool Differ(PythonValue one, PythonValue other) =>
            one is not PythonValue.Unknown && other is not PythonValue.Unknown && !one.IsSameAs(other);
    }

    /// <summary>The value of a name that is imported, or of an attribute of a module that is.</summary>
    /// <param name="path">A name, or names joined by dots.</param>
    private PythonValue Imports(IReadOnlyList<int> around, string path, Func<string, string, PythonValue> ofModule)
    {
        var parts = path.Split('.');
        if (around.Any(function => locals.Contains((function, parts[0]))))
            return PythonValue.Unknown.Instance;
        if (parts.Length == 1)
            return Imported.TryGetValue(path, out var from) && !from.Module.StartsWith('.')
                ? ofModule(from.Module, from.Name)
                : PythonValue.Unknown.Instance;
        return modules.TryGetValue(parts[0], out var module)
            ? ofModule(string.Join('.', [module, .. parts[1..^1]]), parts[^1])
            : PythonValue.Unknown.Instance;
    }

    /// <summary>The value of a name inside functions, the innermost first: a local one that is bound once where it
    /// certainly runs, or one of the module.</summary>
    private PythonValue In(IReadOnlyList<int> around, string name)
    {
        foreach (var function in around)
        {
            if (!locals.Contains((function, name)))
                continue;
            if (
                !localValues.TryGetValue((function, name), out var start)
                || bound.ContainsKey(name)
                || changed.Contains(name)
                || !reading.Add(name)
            )
                return PythonValue.Unknown.Instance;
            var value = WithChangedKeys(name, ValueAt(start, n => In(around, n), onlyDisplays: false));
            reading.Remove(name);
            return value;
        }
        return this[name];
    }

    /// <summary>What two calls say alike; each keyword of which they do not is unknown.</summary>
    private PythonValue.Mapping Agreement(PythonValue.Mapping one, PythonValue.Mapping other)
    {
        budget.Spend((long)(one.Items.Count + other.Items.Count) * ReadingBudget.Step);
        return new(
            [
                .. one
                    .Items.Concat(other.Items)
                    .Select(item => item.Key)
                    .Distinct()
                    .Select(key =>
                        KeyValuePair.Create(
                            key,
                            one[key] is { } a && other[key] is { } b && a.IsSameAs(b) ? a : PythonValue.Unknown.Instance
                        )
                    ),
            ],
            one.IsOpen || other.IsOpen
        );
    }

    private PythonValue ValueAt(int start, Func<string, PythonValue> names, bool onlyDisplays)
    {
        var reader = new LiteralReader(tokens, names, budget, onlyDisplays);
        var value = reader.Read(start);
        // 'a = 1, 2' is a tuple without brackets.
        return reader.At < tokens.Count && tokens[reader.At].Is(",") ? BareTuple(value, reader) : value;
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
        var blocks = new Stack<(int Indent, Block Kind, int Start)>();
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
                budget.Spend(blocks.Count);
                var kind = blocks.Select(b => b.Kind).Append(inline).Max();
                isAtTop = blocks.Count == 0 && inline == Block.Certain;
                functions = kind == Block.Scope ? Functions(blocks) : [];
                isCertainInFunction =
                    inline == Block.Certain
                    && blocks.TakeWhile(b => b.Kind != Block.Scope).All(b => b.Kind == Block.Certain);
                var body = BodyOf(start, end);
                Statement(start, body, kind);
                if (BlockOf(start, body) is { } opened)
                {
                    if (opened == Block.Scope)
                        Parameters(start, body);
                    if (body == end)
                        blocks.Push((tokens[start].Indent, opened, start));
                    else
                    {
                        // 'else: x = 1; y = 2': the block is the rest of the line.
                        inline = kind > opened ? kind : opened;
                        (isAtTop, isCertainInFunction) = (false, false);
                        functions = opened == Block.Scope ? [start, .. functions] : functions;
                        Statement(body, end, inline);
                    }
                }
            }
            if (end >= tokens.Count || tokens[end].Text != ";")
                inline = Block.Certain;
            start = end + 1;
        }
    }

    private static List<int> Functions(IEnumerable<(int Indent, Block Kind, int Start)> blocks) =>
        [.. blocks.Where(block => block.Kind == Block.Scope).Select(block => block.Start)];

    /// <summary>Parameters of a function, with whatever other names stand between its brackets.</summary>
    private void Parameters(int start, int body)
    {
        foreach (var name in Names(start + 1, body))
            locals.Add((start, name));
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
        else if (first.Is("del") && end == start + 5 && IsKey(start + 2, out var key))
            ChangeKey(tokens[start + 1].Text, key);
        else if (first.Is("global") || first.Is("nonlocal") || first.Is("del"))
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
                // One key of a dict is counted with the other changes of keys.
                if (!IsKey(start + 1, out _))
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
            {
                Bind(tokens[targetStart].Text, from, block);
                if (isAtTop)
                    first.TryAdd(tokens[targetStart].Text, from);
            }
            else if (!KeyAssignment(targetStart, targetEnd, from, block))
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
        {
            if (functions.Count > 0 && !locals.Add((functions[0], name)))
                localValues.Remove((functions[0], name));
            else if (functions.Count > 0 && isCertainInFunction && value is { } its)
                localValues[(functions[0], name)] = its;
            return;
        }
        if (name == "setup")
            hasOwnSetup = true;
        recent.Add(name);
        if (value is null || block == Block.Maybe || !bound.TryAdd(name, value.Value))
            Change(name);
        else
        {
            Imported.Remove(name);
            modules.Remove(name);
        }
    }

    private void Change(string name)
    {
        changed.Add(name);
        Imported.Remove(name);
        modules.Remove(name);
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
            var whole = name;
            for (; import == start && i + 2 < end && tokens[i + 1].Is("."); i += 2)
                whole += "." + tokens[i + 2].Text;
            var local = name;
            if (i + 2 < end && tokens[i + 1].Is("as"))
                (local, name) = (tokens[i += 2].Text, import == start ? whole : name);
            // 'import a.b' after 'import a' binds the same module again.
            var isNew =
                !bound.ContainsKey(local) && (!changed.Contains(local) || modules.GetValueOrDefault(local) == name);
            var isKnownSetup = local == "setup" && import > start && Setups.Contains(module);
            if (!isKnownSetup)
                Bind(local, null, block);
            if (import > start && block == Block.Certain && !bound.ContainsKey(local))
                Imported[local] = (module, name);
            if (import == start && block == Block.Certain && isNew)
                modules[local] = name;
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
            setupCalls.Add((i + 1, functions));
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
