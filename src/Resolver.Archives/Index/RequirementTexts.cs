using System.Collections;
using Resolver.Packaging.Requirements;

namespace Resolver.Archives.Index;

/// <summary>Requirements that were read once and are known to be good, parsed again when one is asked for: most of what an index holds is never looked at.</summary>
/// <remarks>Safe to share between threads: who comes second parses the same text again.</remarks>
internal sealed class RequirementTexts(string[] texts) : IReadOnlyList<Requirement>
{
    public static RequirementTexts None { get; } = new([]);

    private readonly Requirement?[] parsed = new Requirement?[texts.Length];

    public int Count => texts.Length;

    public Requirement this[int index] => parsed[index] ??= Requirement.Parse(texts[index]);

    public IEnumerator<Requirement> GetEnumerator()
    {
        for (var i = 0; i < texts.Length; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
