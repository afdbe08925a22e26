using Resolver.Archives.Reading;

namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>Reads the value of an expression made of literals, names bound once to such, and concatenation.
/// Everything else is <see cref="PythonValue.Unknown"/>: it never guesses.</summary>
/// <param name="names">The value of a name, or <see cref="PythonValue.Unknown"/>.</param>
/// <param name="onlyDisplays">Whether only what <c>ast.literal_eval</c> takes is read: no names, no calls, no
/// concatenation by <c>+</c>.</param>
/// <param name="attributes">The value of a name that is imported (<c>name</c>) or of an attribute of a module
/// (<c>module.name</c>), or unknown; null where none is known.</param>
internal sealed class LiteralReader(
    IReadOnlyList<PythonToken> tokens,
    Func<string, PythonValue> names,
    ReadingBudget budget,
    bool onlyDisplays = false,
    Func<string, PythonValue>? attributes = null
)
{
    // 'a = b + b' forty times over would fill any memory.
    private const int LongestText = 1 << 20;
    private const int MostItems = 100_000;

    /// <summary>Where the next token stands.</summary>
    public int At { get; private set; }

    /// <summary>The value of the expression that begins at a token; <see cref="At"/> is then behind it.</summary>
    public PythonValue Read(int start)
    {
        At = start;
        var value = budget.Enter() ? Sum() : PythonValue.Unknown.Instance;
        budget.Leave();
        if (IsEnd)
            return value;
        // A comparison, a condition, a comprehension, a call: only running would tell.
        SkipExpression();
        return PythonValue.Unknown.Instance;
    }

    private PythonToken Current => At < tokens.Count ? tokens[At] : new PythonToken(PythonTokenKind.LineEnd, "", 0, 0);

    private bool IsEnd =>
        Current.Kind == PythonTokenKind.LineEnd
        || (Current.Kind == PythonTokenKind.Operator && Current.Text is "," or ")" or "]" or "}" or ":" or "=");

    /// <summary>Operands joined by <c>+</c>. They are gathered and joined once: joining two at a time copies what
    /// came before at each.</summary>
    private PythonValue Sum()
    {
        var value = Primary();
        if (!Current.Is("+"))
            return value;
        var text = value is PythonValue.Text first ? new System.Text.StringBuilder(first.Value) : null;
        var items = value is PythonValue.Sequence sequence ? new List<PythonValue>(sequence.Items) : null;
        budget.Spend((text?.Length ?? 0) + (long)(items?.Count ?? 0) * ReadingBudget.Step);
        while (Current.Is("+"))
        {
            At++;
            switch (Primary())
            {
                case PythonValue.Text more when text is not null && text.Length + more.Value.Length <= LongestText:
                    budget.Spend(more.Value.Length);
                    text.Append(more.Value);
                    break;
                case PythonValue.Sequence more when items is not null && items.Count + more.Items.Count <= MostItems:
                    budget.Spend((long)more.Items.Count * ReadingBudget.Step);
                    items.AddRange(more.Items);
                    break;
                default:
                    (text, items) = (null, null);
                    break;
            }
        }
        if (onlyDisplays)
            return PythonValue.Unknown.Instance;
        return text is not null ? new PythonValue.Text(text.ToString())
            : items is not null ? new PythonValue.Sequence(items)
            : PythonValue.Unknown.Instance;
    }

    private PythonValue Primary()
    {
        budget.Spend(ReadingBudget.Step);
        var token = Current;
        PythonValue value;
        switch (token.Kind)
        {
            case PythonTokenKind.Text or PythonTokenKind.OtherLiteral:
                value = Texts();
                break;
            case PythonTokenKind.Number:
                At++;
                value = new PythonValue.Number(token.Text);
                break;
            case PythonTokenKind.Name:
                At++;
                value = Named(token.Text);
                break;
            case PythonTokenKind.Operator when token.Text == "(":
                value = Parenthesised();
                break;
            case PythonTokenKind.Operator when token.Text == "[":
                value = Items("]", out _);
                break;
            case PythonTokenKind.Operator when token.Text == "{":
                value = Braces();
                break;
            case PythonTokenKind.Operator
                when token.Text == "-" && At + 1 < tokens.Count && tokens[At + 1].Kind == PythonTokenKind.Number:
                value = new PythonValue.Number("-" + tokens[At + 1].Text);
                At += 2;
                break;
            default:
                return PythonValue.Unknown.Instance;
        }
        return Trailers(value);
    }

    private PythonValue Texts()
    {
        var text = new System.Text.StringBuilder();
        var known = true;
        for (; Current.Kind is PythonTokenKind.Text or PythonTokenKind.OtherLiteral; At++)
        {
            known &= Current.Kind == PythonTokenKind.Text;
            budget.Spend(Current.Text.Length);
            text.Append(Current.Text);
        }
        return known ? new PythonValue.Text(text.ToString()) : PythonValue.Unknown.Instance;
    }

    private PythonValue Named(string name)
    {
        switch (name)
        {
            case "True":
                return new PythonValue.Truth(true);
            case "False":
                return new PythonValue.Truth(false);
            case "None":
                return new PythonValue.None();
            case var _ when onlyDisplays:
                return PythonValue.Unknown.Instance;
            case "dict" when Current.Is("("):
                return Call();
            case "list" or "tuple" or "set" or "sorted" when Current.Is("("):
                var argument = Parenthesised();
                return argument is PythonValue.Sequence ? argument : PythonValue.Unknown.Instance;
            default:
                return names(name) is var known and not PythonValue.Unknown ? known : Attribute(name);
        }
    }

    /// <summary>The value of a name and what stands behind its dots, the current token being behind the name.</summary>
    private PythonValue Attribute(string name)
    {
        if (attributes is null)
            return PythonValue.Unknown.Instance;
        var end = At;
        for (; end + 1 < tokens.Count && tokens[end].Is(".") && tokens[end + 1].Kind == PythonTokenKind.Name; end += 2)
        {
            budget.Spend(ReadingBudget.Step + name.Length);
            name += "." + tokens[end + 1].Text;
        }
        var value = attributes(name);
        if (value is not PythonValue.Unknown)
            At = end;
        return value;
    }

    /// <summary>Subscripts of known containers, and the few methods of text whose result is plain; any other trailer
    /// makes the value unknown.</summary>
    private PythonValue Trailers(PythonValue value)
    {
        while (Current.Kind == PythonTokenKind.Operator && Current.Text is "." or "[" or "(")
        {
            if (
                Current.Text == "."
                && value is PythonValue.Text text
                && At + 3 < tokens.Count
                && tokens[At + 2].Is("(")
                && tokens[At + 3].Is(")")
            )
            {
                budget.Spend(text.Value.Length);
                value = tokens[At + 1].Text switch
                {
                    _ when onlyDisplays => PythonValue.Unknown.Instance,
                    "strip" => new PythonValue.Text(text.Value.Trim()),
                    "split" => Sequence(text.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
                    "splitlines" => Sequence(text.Value.TrimEnd('\n').Split('\n')),
                    _ => PythonValue.Unknown.Instance,
                };
                At += 4;
            }
            else if (
                Current.Text == "["
                && value is PythonValue.Mapping mapping
                && !onlyDisplays
                && At + 2 < tokens.Count
                && tokens[At + 1].Kind == PythonTokenKind.Text
                && tokens[At + 2].Is("]")
            )
            {
                value = mapping[tokens[At + 1].Text] ?? PythonValue.Unknown.Instance;
                At += 3;
            }
            else
            {
                value = PythonValue.Unknown.Instance;
                if (Current.Text == ".")
                    At += 2;
                else
                    SkipBrackets();
            }
        }
        return value;
    }

    private PythonValue.Sequence Sequence(string[] texts)
    {
        budget.Spend((long)texts.Length * ReadingBudget.Step);
        return new([.. texts.Select(t => new PythonValue.Text(t))]);
    }

    private PythonValue Parenthesised()
    {
        var items = Items(")", out var commas);
        return commas == 0 && items is PythonValue.Sequence { Items: [var only] } ? only : items;
    }

    /// <summary>Items between brackets, the current token being the opening one; stars unpack known
    /// sequences.</summary>
    private PythonValue Items(string closing, out int commas)
    {
        commas = 0;
        var opening = At++;
        var items = new List<PythonValue>();
        var known = true;
        while (At < tokens.Count && !Current.Is(closing))
        {
            var starred = Current.Is("*");
            var value = Read(starred ? At + 1 : At);
            budget.Spend(
                ReadingBudget.Step * (starred && value is PythonValue.Sequence spread ? (long)spread.Items.Count : 1)
            );
            if (value is PythonValue.Unknown || (starred && value is not PythonValue.Sequence))
                known = false;
            else if (starred && items.Count + ((PythonValue.Sequence)value).Items.Count > MostItems)
                known = false;
            else if (starred)
                items.AddRange(((PythonValue.Sequence)value).Items);
            else
                items.Add(value);
            if (Current.Is(","))
            {
                commas++;
                At++;
            }
            else if (!Current.Is(closing))
            {
                At = opening;
                SkipBrackets();
                return PythonValue.Unknown.Instance;
            }
        }
        At++;
        // A single item in parentheses keeps its own value, unknown parts of a mapping included.
        return known ? new PythonValue.Sequence(items) : PythonValue.Unknown.Instance;
    }

    private PythonValue Braces()
    {
        var opening = At++;
        var items = new List<KeyValuePair<string, PythonValue>>();
        var sequence = new List<PythonValue>();
        var (known, open) = (true, false);
        while (At < tokens.Count && !Current.Is("}"))
        {
            budget.Spend(ReadingBudget.Step);
            if (Current.Is("**"))
            {
                if (Read(At + 1) is PythonValue.Mapping more && items.Count + more.Items.Count <= MostItems)
                    Spread(more);
                else
                    ForgetAll();
            }
            else
            {
                var key = Read(At);
                if (Current.Is(":"))
                {
                    var value = Read(At + 1);
                    if (key is PythonValue.Text text)
                        items.Add(new(text.Value, value));
                    else
                        ForgetAll();
                }
                else if (key is PythonValue.Unknown)
                    known = false;
                else
                    sequence.Add(key);
            }
            if (Current.Is(","))
                At++;
            else if (!Current.Is("}"))
            {
                At = opening;
                SkipBrackets();
                return PythonValue.Unknown.Instance;
            }
        }
        At++;
        if (!known || (sequence.Count > 0 && (items.Count > 0 || open)))
            return PythonValue.Unknown.Instance;
        return sequence.Count > 0 ? new PythonValue.Sequence(sequence) : new PythonValue.Mapping(items, open);

        void Spread(PythonValue.Mapping more)
        {
            if (more.IsOpen)
                ForgetAll();
            budget.Spend((long)more.Items.Count * ReadingBudget.Step);
            items.AddRange(more.Items);
        }

        // Behind an unknown key any earlier value may be another one.
        void ForgetAll()
        {
            open = true;
            budget.Spend((long)items.Count * ReadingBudget.Step);
            for (var i = 0; i < items.Count; i++)
                items[i] = new(items[i].Key, PythonValue.Unknown.Instance);
        }
    }

    /// <summary>Keyword arguments of a call, the current token being its bracket: an open mapping where there is
    /// <c>**</c> of something unknown, since Python forbids to repeat the keywords that are written out.</summary>
    public PythonValue CallAt(int bracket)
    {
        At = bracket;
        return Call();
    }

    private PythonValue Call()
    {
        var opening = At++;
        var items = new List<KeyValuePair<string, PythonValue>>();
        var open = false;
        while (At < tokens.Count && !Current.Is(")"))
        {
            budget.Spend(ReadingBudget.Step);
            if (Current.Is("**") && IsSetupCfg(At + 1))
            {
                items.Add(new("pbr", new PythonValue.Truth(true)));
                Read(At + 1);
            }
            else if (Current.Is("**"))
            {
                if (Read(At + 1) is PythonValue.Mapping more && items.Count + more.Items.Count <= MostItems)
                {
                    budget.Spend((long)more.Items.Count * ReadingBudget.Step);
                    items.AddRange(more.Items);
                    open |= more.IsOpen;
                }
                else
                    open = true;
            }
            else if (Current.Kind == PythonTokenKind.Name && At + 1 < tokens.Count && tokens[At + 1].Is("="))
            {
                var name = Current.Text;
                items.Add(new(name, Read(At + 2)));
            }
            else
            {
                open = true; // positional: not how setup() or dict() are called with literals
                Read(Current.Is("*") ? At + 1 : At);
            }
            if (Current.Is(","))
                At++;
            else if (!Current.Is(")"))
            {
                At = opening;
                SkipBrackets();
                return PythonValue.Unknown.Instance;
            }
        }
        At++;
        return new PythonValue.Mapping(items, open);
    }

    /// <summary>Whether an expression is a call of the functions by which pbr and d2to1 read setup.cfg: they give what
    /// <c>pbr=True</c> gives.</summary>
    private bool IsSetupCfg(int start)
    {
        var last = start;
        while (last + 2 < tokens.Count && tokens[last + 1].Is(".") && tokens[last + 2].Kind == PythonTokenKind.Name)
            last += 2;
        return last + 1 < tokens.Count
            && tokens[last].Kind == PythonTokenKind.Name
            && tokens[last].Text is "setup_cfg_to_args" or "cfg_to_args"
            && tokens[last + 1].Is("(");
    }

    private void SkipBrackets()
    {
        var open = 0;
        for (; At < tokens.Count; At++)
        {
            budget.Spend(1);
            if (tokens[At].Kind != PythonTokenKind.Operator)
                continue;
            if (tokens[At].Text is "(" or "[" or "{")
                open++;
            else if (tokens[At].Text is ")" or "]" or "}" && --open == 0)
            {
                At++;
                return;
            }
        }
    }

    /// <summary>To the comma, closing bracket or line end that ends the expression.</summary>
    private void SkipExpression()
    {
        while (At < tokens.Count && Current.Kind != PythonTokenKind.LineEnd)
        {
            budget.Spend(1);
            if (Current.Kind == PythonTokenKind.Operator)
            {
                if (Current.Text is "," or ")" or "]" or "}")
                    return;
                if (Current.Text is "(" or "[" or "{")
                {
                    SkipBrackets();
                    continue;
                }
                // The colon of a dict item ends its key; one of a lambda or slice is inside an expression that is
                // unknown anyway.
                if (Current.Text == ":")
                    return;
            }
            else if (Current.Is("lambda"))
            {
                while (At < tokens.Count && !Current.Is(":") && Current.Kind != PythonTokenKind.LineEnd)
                    At++;
            }
            At++;
        }
    }
}
