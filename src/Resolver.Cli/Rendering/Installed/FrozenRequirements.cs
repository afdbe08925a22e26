using System.Text;
using Resolver.Application.Installed;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Installed;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What is installed as lines that pip and <c>-r</c> read: <c>name==version</c>, a reference where it was
/// requested by one, <c>-e</c> where it is editable, <c>===</c> where the version is none by PEP 440 (as <c>pip
/// freeze</c>; the direct URL as the standard "Direct URL data structure" turns it into a reference).</summary>
internal static class FrozenRequirements
{
    public static string Of(IEnumerable<InstalledProject> projects, Diagnostics diagnostics)
    {
        var text = new StringBuilder();
        foreach (var project in projects)
        {
            if (project.EditableLocation is { } tree)
                text.Append($"# editable: {project.RawName}=={project.Version}\n-e {tree}\n");
            else if (project.Origin is { } origin)
                text.Append($"{project.RawName} @ {Reference(origin)}\n");
            else if (project.Version is { } version)
                text.Append($"{project.RawName}{(project.Distribution.Version is null ? "===" : "==")}{version}\n");
            else
                diagnostics.Warning(
                    $"{project.RawName} is left out: {project.MetadataPath} has no version that can be read"
                );
        }
        return text.ToString();
    }

    private static string Reference(DirectUrl origin)
    {
        var (url, fragments) = origin.Source switch
        {
            DirectUrlSource.VersionControl control => ($"{control.Type}+{origin.Url}@{control.CommitId}", []),
            DirectUrlSource.Archive { Hashes: [{ Key: var kind, Value: var digest }, ..] } => (
                origin.Url,
                new List<string> { $"{kind}={digest}" }
            ),
            _ => (origin.Url, []),
        };
        if (origin.Subdirectory is { } folder)
            fragments.Add($"subdirectory={folder}");
        return fragments.Count > 0 ? $"{url}#{string.Join('&', fragments)}" : url;
    }
}
