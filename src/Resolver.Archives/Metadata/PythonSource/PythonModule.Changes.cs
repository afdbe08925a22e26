using Resolver.Archives.Reading;

namespace Resolver.Archives.Metadata.PythonSource;

// What may become of a value after it was bound.
internal sealed partial class PythonModule
{
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

    // Keys of dicts that are assigned to or changed in place, by the dict's name: how often, and the first token of the
    // value where a statement that certainly runs assigns one.
    private readonly Dictionary<string, Dictionary<string, (int Changes, int? Value)>> changedKeys = new(
        StringComparer.Ordinal
    );

    /// <summary>The value with what is assigned to its keys later: known where that happens once, certainly and
    /// before setup() is called, to a key that the dict did not have.</summary>
    private PythonValue WithChangedKeys(string name, PythonValue value)
    {
        if (!changedKeys.TryGetValue(name, out var keys))
            return value;
        if (value is not PythonValue.Mapping mapping)
            return PythonValue.Unknown.Instance;
        budget.Spend((long)(keys.Count + mapping.Items.Count) * ReadingBudget.Step);
        var firstCall = setupCalls.Count > 0 ? setupCalls[0].Bracket : 0;
        return new PythonValue.Mapping(
            [
                .. mapping.Items,
                .. keys.Select(key =>
                    KeyValuePair.Create(
                        key.Key,
                        key.Value is { Changes: 1, Value: { } start }
                        && start < firstCall
                        && mapping.Stated(key.Key) is null
                        && !mapping.IsOpen
                            ? ValueAt(start, n => this[n], onlyDisplays: false)
                            : PythonValue.Unknown.Instance
                    )
                ),
            ],
            mapping.IsOpen
        );
    }

    /// <summary><c>x["key"] = VALUE</c>, or a part of that key; false where the target is something else.</summary>
    private bool KeyAssignment(int start, int end, int value, Block block)
    {
        if (tokens[start].Kind != PythonTokenKind.Name || !IsKey(start + 1, out var key))
            return false;
        // How often it is changed is counted when all tokens are gone through.
        if (block == Block.Certain && end == start + 4)
            Keys(tokens[start].Text).TryAdd(key, (0, value));
        return true;
    }

    private Dictionary<string, (int Changes, int? Value)> Keys(string name)
    {
        if (!changedKeys.TryGetValue(name, out var keys))
            changedKeys[name] = keys = new(StringComparer.Ordinal);
        return keys;
    }

    private void ChangeKey(string name, string key)
    {
        var keys = Keys(name);
        var (changes, value) = keys.GetValueOrDefault(key);
        keys[key] = (changes + 1, value);
    }

    /// <summary>Whether a subscript is one text.</summary>
    private bool IsKey(int bracket, out string key)
    {
        var isOne =
            bracket + 2 < tokens.Count
            && tokens[bracket].Is("[")
            && tokens[bracket + 1].Kind == PythonTokenKind.Text
            && tokens[bracket + 2].Is("]");
        key = isOne ? tokens[bracket + 1].Text : "";
        return isOne;
    }

    /// <summary>Whether what ends at a bracket is changed by what stands behind it: it is assigned to, or a part or a
    /// method of it is used.</summary>
    private bool IsChangedBehind(int close) =>
        close + 1 < tokens.Count
        && tokens[close + 1].Kind == PythonTokenKind.Operator
        && (
            tokens[close + 1].Text is "." or "["
            || (tokens[close + 1].Text[^1] == '=' && tokens[close + 1].Text is not ("==" or "!=" or "<=" or ">="))
        );

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
                if (tokens[i + 2].Is("update") && KeywordsAt(i + 3) is { } updated)
                    updated.ForEach(each => ChangeKey(tokens[i].Text, each));
                else if (
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
            else if (IsKey(i + 1, out var key))
            {
                if (IsChangedBehind(i + 3))
                    ChangeKey(tokens[i].Text, key);
            }
            else if (tokens[i + 1].Is("["))
            {
                if (Closing(i + 1) is not { } close)
                    mutated.Add(tokens[i].Text);
                else if (IsChangedBehind(close))
                    mutated.Add(tokens[i].Text);
            }
            else if (tokens[i + 1].Kind == PythonTokenKind.Operator && tokens[i + 1].Text is "+=" or "|=" or "*=")
                mutated.Add(tokens[i].Text);
        }
        // What a loop changes of its items, it changes of what it goes over.
        foreach (var (names, over) in loops)
            if (names.Any(name => mutated.Contains(name) || changedKeys.ContainsKey(name)))
                mutated.UnionWith(over);
        changed.UnionWith(mutated);
    }

    /// <summary>The keys that <c>x.update(…)</c> sets: keywords, or the keys of one dict that is written out,
    /// <c>dict(k=…)</c> or <c>{"k": …}</c>; null where it may set others.</summary>
    private List<string>? KeywordsAt(int opening)
    {
        if (opening >= tokens.Count || !tokens[opening].Is("(") || Closing(opening) is not { } close)
            return null;
        var inner = opening + 1;
        if (inner < close && tokens[inner].Is("dict") && tokens[inner + 1].Is("("))
            return IsOnly(inner + 1, close) ? KeywordsAt(inner + 1) : null;
        if (inner < close && tokens[inner].Is("{"))
            return IsOnly(inner, close) ? KeysIn(inner, ":", PythonTokenKind.Text) : null;
        return KeysIn(opening, "=", PythonTokenKind.Name);
    }

    /// <summary>Whether what begins at a bracket is all that a call is given, but for a comma.</summary>
    private bool IsOnly(int bracket, int close) =>
        Closing(bracket) is { } end && (end + 1 == close || end + 2 == close && tokens[end + 1].Is(","));

    /// <summary>The keys of items between brackets, each a token of a kind and a sign behind it; null where one is
    /// something else.</summary>
    private List<string>? KeysIn(int opening, string sign, PythonTokenKind kind)
    {
        if (Closing(opening) is not { } close)
            return null;
        var keys = new List<string>();
        var depth = 0;
        var isStart = true;
        for (var i = opening + 1; i < close; i++)
        {
            if (isStart && !(tokens[i].Kind == kind && tokens[i + 1].Is(sign)))
                return null;
            if (isStart)
                keys.Add(tokens[i].Text);
            isStart = depth == 0 && tokens[i].Is(",");
            if (tokens[i].Kind != PythonTokenKind.Operator)
                continue;
            depth +=
                tokens[i].Text is "(" or "[" or "{" ? 1
                : tokens[i].Text is ")" or "]" or "}" ? -1
                : 0;
        }
        return keys;
    }

    /// <summary>Where a bracket is closed; null where that is too far.</summary>
    private int? Closing(int opening)
    {
        var depth = 0;
        for (var j = opening; j < tokens.Count && j < opening + LongestSubscript; j++)
        {
            budget.Spend(1);
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
        var local = localValues.Keys.Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
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
                && (bound.ContainsKey(tokens[i].Text) || local.Contains(tokens[i].Text))
                && i + 1 < tokens.Count
                && (tokens[i + 1].Is(",") || tokens[i + 1].Is(")"))
                && (
                    local.Contains(tokens[i].Text)
                    || this[tokens[i].Text] is PythonValue.Sequence or PythonValue.Mapping
                )
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
        foreach (var name in changedKeys.Keys.Where(name => others[name].Any()))
            changed.Add(name);
        var queue = new Queue<string>(changed);
        while (queue.TryDequeue(out var name))
        {
            foreach (var other in others[name])
                if (changed.Add(other))
                    queue.Enqueue(other);
        }
    }
}
