using CsCheck;
using Resolver.Packaging.Tests.Versions;

namespace Resolver.Packaging.Tests.Specifiers;

/// <summary>Generators of specifier texts.</summary>
internal static class SpecifierTexts
{
    public static Gen<string> Clause(Gen<string> versions) =>
        Gen.Select(
            Gen.OneOf("==", "!=", "<=", ">=", "<", ">", "~=", "==*", "!=*"),
            versions,
            (comparison, version) =>
                comparison switch
                {
                    "==*" or "!=*" => comparison[..2] + Release(version) + ".*",
                    "==" or "!=" => comparison + version,
                    "~=" => comparison
                        + (Release(version).Contains('.') ? version.Split('+')[0] : Release(version) + ".0"),
                    _ => comparison + version.Split('+')[0],
                }
        );

    public static Gen<string> Set(Gen<string> versions) =>
        Clause(versions).Array[0, 4].Select(clauses => string.Join(',', clauses));

    private static string Release(string version)
    {
        var start = version.IndexOf('!', StringComparison.Ordinal) + 1;
        var end = start;
        while (
            end < version.Length
            && (
                char.IsAsciiDigit(version[end])
                || (version[end] == '.' && end + 1 < version.Length && char.IsAsciiDigit(version[end + 1]))
            )
        )
            end++;
        return version[..end];
    }
}
