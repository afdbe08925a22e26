namespace Resolver.Packaging.Installed;

/// <summary>The one-line file <c>INSTALLER</c> (PEP 376): which tool installed a distribution. Information
/// only.</summary>
public static class Installer
{
    /// <summary>The tool's name without the white space around it, or null where the file holds none. Of several
    /// lines the first counts.</summary>
    public static string? Read(string text)
    {
        var name = text.TrimStart('\uFEFF').Trim();
        var end = name.AsSpan().IndexOfAny('\r', '\n');
        if (end >= 0)
            name = name[..end].TrimEnd();
        return name.Length == 0 ? null : name;
    }

    /// <summary>What <c>REQUESTED</c> says (PEP 376): whether a person requested the distribution, or a tool brought
    /// it in. Its presence alone counts, and it is an extension of tools by now: absence of both files says
    /// nothing.</summary>
    /// <param name="hasInstaller">Whether the dist-info has INSTALLER.</param>
    /// <param name="hasRequested">Whether it has REQUESTED.</param>
    /// <returns>Null where nothing can be determined.</returns>
    public static bool? WasRequested(bool hasInstaller, bool hasRequested) =>
        hasRequested ? true
        : hasInstaller ? false
        : null;
}
