namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>The value of a literal expression: a closed set of cases.</summary>
internal abstract record PythonValue
{
    private PythonValue() { }

    /// <summary>Anything that only running the code would tell.</summary>
    public sealed record Unknown : PythonValue
    {
        public static Unknown Instance { get; } = new();
    }

    public sealed record Text(string Value) : PythonValue;

    /// <summary>As written.</summary>
    public sealed record Number(string Value) : PythonValue;

    public sealed record Truth(bool Value) : PythonValue;

    public sealed record None : PythonValue;

    /// <summary>A list, tuple or set; every item is known.</summary>
    public sealed record Sequence(IReadOnlyList<PythonValue> Items) : PythonValue;

    /// <summary>A dict with text keys; values may be <see cref="Unknown"/>. Of equal keys the last counts.</summary>
    public sealed record Mapping(IReadOnlyList<KeyValuePair<string, PythonValue>> Items) : PythonValue
    {
        public PythonValue? this[string key] => Items.LastOrDefault(i => i.Key == key).Value;
    }

    /// <summary>Whether Python takes the value for false: None, False, 0 and whatever is empty.</summary>
    public bool IsEmpty =>
        this switch
        {
            None => true,
            Truth truth => !truth.Value,
            Text text => text.Value.Length == 0,
            Number number => number.Value.All(c => c is '0' or '.'),
            Sequence sequence => sequence.Items.Count == 0,
            Mapping mapping => mapping.Items.Count == 0,
            _ => false,
        };

    /// <summary>The texts of a sequence of texts, a text alone being one; null where there is anything else.</summary>
    public IReadOnlyList<string>? Texts() =>
        this switch
        {
            None => [],
            Text text => [text.Value],
            Sequence sequence when sequence.Items.All(i => i is Text) =>
            [
                .. sequence.Items.Cast<Text>().Select(t => t.Value),
            ],
            _ => null,
        };
}
