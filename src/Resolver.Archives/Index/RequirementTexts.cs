using System.Collections;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Requirements;

namespace Resolver.Archives.Index;

/// <summary>Requirements that were read once and are known to be good, kept as bytes and parsed again when one is
/// requested: most of what an index holds is never looked at.</summary>
/// <remarks>Safe to share between threads: who comes second parses the same text again.</remarks>
/// <param name="bytes">What <see cref="FileReadingCodec"/> wrote of them, behind their number.</param>
internal sealed class RequirementTexts(ReadOnlyMemory<byte> bytes, int count) : IPrintedRequirements
{
    private Requirement[]? parsed;

    public static RequirementTexts None { get; } = new(default, 0);

    public int Count => count;

    public Requirement this[int index] => Parsed[index];

    /// <summary>What the requirements print as; nothing is parsed.</summary>
    public IEnumerable<string> Printed =>
        FileReadingCodec.Requirements(bytes, count).Select(each => each.Printed ?? each.Text);

    private Requirement[] Parsed =>
        parsed ??= [.. FileReadingCodec.Requirements(bytes, count).Select(each => Requirement.Parse(each.Text))];

    public IEnumerator<Requirement> GetEnumerator() => ((IEnumerable<Requirement>)Parsed).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
