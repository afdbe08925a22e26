using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Verification;

/// <summary>Which candidates a direct reference means (PEP 508).</summary>
internal static class ReferencedPlace
{
    /// <summary>Whether the requirement names the candidate by its URL: the very file where the URL is of this disk,
    /// else a file of that name.</summary>
    public static bool IsMeant(Requirement requirement, Candidate candidate) =>
        requirement.Url is { } url
        && FileReference.TryParse(url) is { Success: true, Value: var reference }
        && (IsAt(reference, candidate.Path) || candidate.OtherPaths.Any(other => IsAt(reference, other)));

    private static bool IsAt(FileReference reference, string? path)
    {
        if (path is null)
            return false;
        var suffix = reference.Subdirectory is { Length: > 0 } inside ? $"#subdirectory={inside}" : "";
        if (!path.EndsWith(suffix, StringComparison.Ordinal))
            return false;
        var file = path[..^suffix.Length];
        return reference.LocalPath is { } local
            ? Path.GetFullPath(local) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(file))
            : Path.GetFileName(file) == reference.FileName;
    }
}
