using System.Security.Cryptography;
using System.Text;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Index;

/// <summary>What the index must not outlive: the code that reads archives, and the standards it reads them
/// by.</summary>
internal static class ReaderVersion
{
    public const int Length = 12;

    /// <summary>Twelve hexadecimal digits that change with every change of that code. A compiler gives each different
    /// module an id of its own, and the same one to the same code.</summary>
    public static string Text { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    $"{typeof(ReaderVersion).Module.ModuleVersionId} {typeof(PackageName).Module.ModuleVersionId}"
                )
            )
        )[..Length];
}
