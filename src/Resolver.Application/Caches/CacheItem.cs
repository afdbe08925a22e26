namespace Resolver.Application.Caches;

/// <summary>One thing in the cache.</summary>
/// <param name="Files">What goes with it; absolute where the cache's folder is.</param>
/// <param name="Bytes">The sum of its files.</param>
/// <param name="LastUse">When one of its files was last read or written, as far as the file system tells; Universal
/// Time.</param>
public sealed record CacheItem(CachePart Part, IReadOnlyList<string> Files, long Bytes, DateTime LastUse);
