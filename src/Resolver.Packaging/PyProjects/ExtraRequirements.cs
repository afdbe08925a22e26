using Resolver.Packaging.Markers;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;

namespace Resolver.Packaging.PyProjects;

/// <summary>Turns a requirement of an extra into what Requires-Dist says of it (core metadata,
/// "Provides-Extra").</summary>
public static class ExtraRequirements
{
    /// <summary>The requirement with <c>extra == "x"</c> joined to its marker by 'and'; an unreadable one is returned
    /// as it is.</summary>
    public static DeclaredRequirement Of(DeclaredRequirement declared, ExtraName extra)
    {
        if (!declared.Parsed.Success)
            return declared;
        var requirement = declared.Parsed.Value;
        var condition = $"extra == \"{extra}\"";
        if (requirement.Marker is not { } marker)
            return DeclaredRequirement.Read($"{requirement} ; {condition}", declared.Line, declared.Column);

        // The normalised text ends in its marker, and a URL may itself hold semicolons: cut by length, not by search.
        var text = requirement.ToString();
        var head = text[..^marker.ToString().Length].TrimEnd().TrimEnd(';').TrimEnd();
        var joined =
            marker.Expression is MarkerExpression.Or ? $"({marker}) and {condition}" : $"{marker} and {condition}";
        return DeclaredRequirement.Read($"{head} ; {joined}", declared.Line, declared.Column);
    }
}
