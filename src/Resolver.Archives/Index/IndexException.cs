namespace Resolver.Archives.Index;

/// <summary>The index cannot be used; everything continues without it.</summary>
/// <param name="message">Why, for a person, in one line.</param>
/// <param name="isDamaged">Whether the index is corrupt, so that it must be rebuilt.</param>
internal sealed class IndexException(string message, Exception? inner, bool isDamaged = false)
    : Exception(message, inner)
{
    public bool IsDamaged { get; } = isDamaged;
}
