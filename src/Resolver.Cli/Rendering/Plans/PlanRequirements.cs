using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.References;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan as a requirements file for pip: pins with hashes in the order of the plan, who needs each as a
/// comment.</summary>
/// <remarks>pip wants a hash for every line or for none. What is kept has no file to hash, and is there already: it
/// is a comment beside hashes. A tree has no hash and cannot be left out, so where there is one, no line has any. A
/// file that pip would not find by its name is named by its URL.</remarks>
internal static class PlanRequirements
{
    // Those that pip takes for archives (pip/_internal/utils/filetypes.py), the longer of two that end alike first.
    private static readonly string[] Suffixes =
    [
        ".zip",
        ".tar.bz2",
        ".tbz",
        ".tar.gz",
        ".tgz",
        ".tar",
        ".tar.xz",
        ".txz",
        ".tlz",
        ".tar.lz",
        ".tar.lzma",
    ];

    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        var files = plan.Steps.Where(step => step.Action == StepAction.Install).ToList();
        var hashes = files.Count > 0 && files.TrueForAll(step => step.Candidate.Sha256 is not null);
        if (files.Exists(step => step.Candidate.Kind == DistributionKind.Tree))
            text.Append("# without hashes: a source tree has none, and pip requires hashes for all or for none\n");
        foreach (var step in plan.Steps)
        {
            var kept = hashes && step.Action == StepAction.Keep;
            text.Append(
                $"{(kept ? "# kept: " : "")}{Named(step)}{(step.Markers is { } markers ? $" ; {PlainText.Of(markers.ToReadableText())}" : "")}"
            );
            text.Append(hashes && !kept ? $" \\\n    --hash=sha256:{step.Candidate.Sha256}\n" : "\n");
            var needs = step
                .NeededBy.Select(need =>
                    need.Name is { } name ? $"{name} ({need.Role.ToString().ToLowerInvariant()})" : "the request"
                )
                .Distinct()
                .ToList();
            if (needs.Count > 0)
                text.Append($"    # needed by {string.Join(", ", needs)}\n");
        }

        return text.ToString();
    }

    /// <summary>A pin where pip finds the file by its name in a folder of <c>--find-links</c>; else the very
    /// file.</summary>
    private static string Named(PlanStep step)
    {
        var candidate = step.Candidate;
        return step.Action == StepAction.Keep || candidate.Path is null || IsFoundByName(candidate)
            ? $"{candidate.Name}=={PlainText.Of(candidate.Version.ToString())}"
            : $"{candidate.Name} @ {UrlOf(DistributionPath.Parse(candidate.Path))}";
    }

    private static string UrlOf(DistributionPath path) =>
        FileReference.UrlOf(Path.GetFullPath(path.File), path.Subdirectory);

    /// <summary>Whether the file's name says name and version as pip reads it: some part of it before a hyphen is the
    /// name, whatever stands behind it the version (<c>_extract_version_from_fragment</c>).</summary>
    private static bool IsFoundByName(Candidate candidate)
    {
        var path = DistributionPath.Parse(candidate.Path!);
        if (candidate.Kind == DistributionKind.Wheel)
            return true;
        if (
            candidate.Kind != DistributionKind.Sdist
            || path.Subdirectory is not null
            || Suffixes.FirstOrDefault(each => path.FileName.EndsWith(each, StringComparison.OrdinalIgnoreCase))
                is not { } suffix
        )
            return false;
        var stem = path.FileName[..^suffix.Length];
        for (var at = stem.IndexOf('-', StringComparison.Ordinal); at > 0; at = stem.IndexOf('-', at + 1))
        {
            if (PackageName.TryParse(stem[..at]) is { Success: true, Value: var name } && name == candidate.Name)
                return Version.TryParse(stem[(at + 1)..]) is { Success: true, Value: var version }
                    && version == candidate.Version;
        }
        return false;
    }
}
