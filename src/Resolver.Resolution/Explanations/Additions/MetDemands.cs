namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Which of the requirements on a project a file meets. Immutable.</summary>
internal sealed class MetDemands
{
    private readonly ulong[] words;

    private MetDemands(ulong[] words) => this.words = words;

    /// <param name="count">How many requirements there are.</param>
    /// <param name="isMet">Whether the requirement of this number is met.</param>
    public static MetDemands Of(int count, Func<int, bool> isMet)
    {
        var words = new ulong[(count + 63) / 64];
        for (var i = 0; i < count; i++)
        {
            if (isMet(i))
                words[i >> 6] |= 1UL << i;
        }
        return new MetDemands(words);
    }

    /// <summary>Whether it meets none.</summary>
    public bool IsEmpty => Array.TrueForAll(words, each => each == 0);

    /// <summary>Whether the other one meets everything that this one meets.</summary>
    public bool IsWithin(MetDemands other)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if ((words[i] & ~other.words[i]) != 0)
                return false;
        }
        return true;
    }
}
