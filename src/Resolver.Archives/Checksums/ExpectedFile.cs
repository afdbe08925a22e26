using Resolver.Packaging.Hashes;

namespace Resolver.Archives.Checksums;

/// <summary>A hash that a file is said to have.</summary>
/// <param name="File">The file's path where the list says where it lies, else its name alone.</param>
/// <param name="IsPath">Whether <paramref name="File"/> says where it lies.</param>
/// <param name="Hash">The hash.</param>
public sealed record ExpectedFile(string File, bool IsPath, FileHash Hash)
{
    /// <summary>The file's name without its directory.</summary>
    public string Name => File[(File.LastIndexOf('/') + 1)..];
}
