using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;

namespace Resolver.Packaging.PyProjects;

/// <summary>Turns a requirement of an extra into what Requires-Dist says of it (core metadata,
/// "Provides-Extra").</summary>
public static class ExtraRequirements
{
    /// <summary>The requirement with <c>extra == "x"</c> joined to its marker by 'and'; an unreadable one is returned
    /// as it is.</summary>
    public static DeclaredRequirement Of(DeclaredRequirement declared, ExtraName extra) =>
        declared.Under($"extra == \"{extra}\"");
}
