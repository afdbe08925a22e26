namespace Resolver.Packaging.Metadata;

/// <summary>Values of Import-Name and Import-Namespace (PEP 794): a dotted Python name, perhaps <c>;
/// private</c>.</summary>
internal static class ImportName
{
    /// <summary>What the value should have been, or null where it is right.</summary>
    /// <param name="mayBeEmpty">Whether nothing at all is right too: an empty Import-Name says that the project has
    /// nothing to import.</param>
    public static string? Reject(string value, bool mayBeEmpty)
    {
        if (value.Length == 0 && mayBeEmpty)
            return null;
        var name = value;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        if (semicolon >= 0)
        {
            if (value[(semicolon + 1)..].Trim() != "private")
                return "nothing but 'private' after the semicolon";
            name = value[..semicolon].TrimEnd();
        }
        return name.Split('.').All(IsIdentifier) ? null : "a dotted name of Python identifiers";
    }

    /// <summary>The dotted name alone, without <c>; private</c>.</summary>
    public static string Bare(string value) =>
        (value.IndexOf(';', StringComparison.Ordinal) is var at and >= 0 ? value[..at] : value).Trim();

    private static bool IsIdentifier(string part) =>
        part.Length > 0
        && (char.IsLetter(part[0]) || part[0] == '_')
        && part.All(c => char.IsLetterOrDigit(c) || c == '_');
}
