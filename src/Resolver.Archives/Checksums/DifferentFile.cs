using Resolver.Archives.Distributions;
using Resolver.Packaging.Hashes;

namespace Resolver.Archives.Checksums;

/// <summary>A file with another content than a list says.</summary>
/// <param name="Distribution">What was found.</param>
/// <param name="Expected">The hash in the list.</param>
/// <param name="Found">The digest of the file, of the same kind.</param>
public sealed record DifferentFile(Distribution Distribution, FileHash Expected, string Found);
