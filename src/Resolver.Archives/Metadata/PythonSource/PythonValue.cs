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
    /// <param name="IsOpen">Whether there may be further keys, of which nothing is known.</param>
    public sealed record Mapping(IReadOnlyList<KeyValuePair<string, PythonValue>> Items, bool IsOpen = false)
        : PythonValue
    {
        private Dictionary<string, PythonValue>? byKey;

        /// <summary>The value of a key; null where there certainly is none.</summary>
        public PythonValue? this[string key] => Stated(key) ?? (IsOpen ? Unknown.Instance : null);

        /// <summary>The value of a key that is written out, or null.</summary>
        public PythonValue? Stated(string key)
        {
            if (byKey is null)
            {
                byKey = new(StringComparer.Ordinal);
                foreach (var (each, value) in Items)
                    byKey[each] = value;
            }
            return byKey.GetValueOrDefault(key);
        }

        /// <summary>Each key once, with the value that counts.</summary>
        public IEnumerable<KeyValuePair<string, PythonValue>> Distinct() =>
            Items.Select(item => item.Key).Distinct().Select(key => KeyValuePair.Create(key, Stated(key)!));
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

    /// <summary>Whether both are known and equal, all that is in them included.</summary>
    public bool IsSameAs(PythonValue other) =>
        (this, other) switch
        {
            (Unknown, _) or (_, Unknown) => false,
            (Sequence a, Sequence b) => a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(pair => pair.First.IsSameAs(pair.Second)),
            (Mapping { IsOpen: false } a, Mapping { IsOpen: false } b) => a.Distinct().Count() == b.Distinct().Count()
                && a.Distinct().All(item => b.Stated(item.Key) is { } value && item.Value.IsSameAs(value)),
            (Mapping, Mapping) => false,
            _ => Equals(other),
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
