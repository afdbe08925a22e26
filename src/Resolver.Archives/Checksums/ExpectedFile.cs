namespace Resolver.Archives.Checksums;

/// <summary>A hash that a file is said to have.</summary>
/// <param name="File">The file's path where the list says where it lies, else its name alone.</param>
/// <param name="IsPath">Whether <paramref name="File"/> says where it lies.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record ExpectedFile(string File, bool IsPath, string Sha256)
{
    /// <summary>The file's name without its directory.</summary>
    public string Name => File[(File.LastIndexOf('/') + 1)..];
}
