using Resolver.Packaging.Distributions;
using Resolver.Packaging.References;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Requests;

/// <summary>Requirements by URL (PEP 508): met by the very file, or by a file of that name where the URL is not of
/// this disk.</summary>
/// <remarks>Hashes take no part: a file whose hash differs from what is written is an input that cannot be trusted,
/// not a missing candidate. Whoever uses a plan checks them.</remarks>
public static class DirectReference
{
    /// <summary>Whether the candidate lies where the reference points.</summary>
    public static bool IsMetBy(FileReference reference, Candidate candidate) =>
        candidate.Path is { } path
        && (IsAt(reference, path) || candidate.OtherPaths.Any(other => IsAt(reference, other)));

    private static bool IsAt(FileReference reference, string path)
    {
        var (file, subdirectory) = DistributionPath.Parse(path);
        if ((reference.Subdirectory ?? "") != (subdirectory ?? ""))
            return false;
        return reference.LocalPath is { } local
            ? Path.GetFullPath(local) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(file))
            : reference.FileName.Length > 0 && reference.FileName == Path.GetFileName(file);
    }
}
