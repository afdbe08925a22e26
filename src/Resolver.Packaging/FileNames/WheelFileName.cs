using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Tags;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.FileNames;

/// <summary>What a wheel's file name says (PEP 427, 425).</summary>
/// <param name="BuildTag">(number, suffix), or null where there is none.</param>
/// <param name="Tags">Every tag of the compressed set, expanded.</param>
public sealed record WheelFileName(PackageName Name, Version Version, (System.Numerics.BigInteger Number, string Suffix)? BuildTag, IReadOnlyList<Tag> Tags)
{
    /// <summary>Reads a file name without its folder.</summary>
    public static ParseResult<WheelFileName> TryParse(string fileName) => throw new NotImplementedException();
}
