namespace Resolver.Packaging.Tags;

/// <summary>The tags an interpreter accepts, best first.</summary>
public sealed class SupportedTags
{
    /// <summary>From tags in order, best first.</summary>
    public SupportedTags(IEnumerable<Tag> tags) => throw new NotImplementedException();
    public IReadOnlyList<Tag> Tags => throw new NotImplementedException();
    /// <summary>The place of the best of these tags (0 is best), or -1 where none is supported.</summary>
    public int BestIndex(IEnumerable<Tag> tags) => throw new NotImplementedException();
}
