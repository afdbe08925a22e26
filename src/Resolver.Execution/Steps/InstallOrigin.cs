using System.Text;
using Resolver.Execution.Commands;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Installed;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Execution.Steps;

/// <summary>What an installed project says of why it is there: <c>REQUESTED</c> (PEP 376) where the user named it, and
/// <c>direct_url.json</c> (PEP 610) where a requirement names its file. pip is given a file for each step, and would
/// write both for all.</summary>
internal static class InstallOrigin
{
    private static readonly string[] VersionControls = ["git+", "hg+", "svn+", "bzr+"];

    /// <summary>Puts both in order, RECORD included. Without a RECORD nothing is done.</summary>
    /// <param name="distInfo">The project's dist-info, absolute.</param>
    /// <param name="editable">The tree that what is installed leads to (PEP 660), absolute: its origin is always told.
    /// Null for a copy.</param>
    public static void Write(PlanStep step, string distInfo, string? editable)
    {
        if (!File.Exists(Path.Combine(distInfo, "RECORD")))
            return;
        var isRequested = step.NeededBy.Any(need => need is { Name: null, Role: Role.Root });
        var reference =
            step.NeededBy.Select(need => need.Requirement.Url).FirstOrDefault(url => url is not null) ?? editable;
        Put(distInfo, "REQUESTED", isRequested ? "" : null);
        Put(
            distInfo,
            "direct_url.json",
            reference is null ? null : Origin(reference, step.Candidate, editable is not null)?.ToJson()
        );
    }

    /// <summary>Where a project came from; null where the standard asks for what nobody knows: the commit of a
    /// checkout.</summary>
    /// <param name="reference">As the requirement has it.</param>
    /// <param name="candidate">What was installed.</param>
    /// <param name="isEditable">Whether that leads to the tree (PEP 660).</param>
    internal static DirectUrl? Origin(string reference, Candidate candidate, bool isEditable)
    {
        var (url, fragment) = reference.Split('#', 2) is [var first, var second] ? (first, second) : (reference, "");
        if (VersionControls.Any(each => url.StartsWith(each, StringComparison.OrdinalIgnoreCase)))
            return null;
        if (Path.IsPathRooted(url))
            url = FileUrl.Of(url);
        else if (url.StartsWith("file:/", StringComparison.OrdinalIgnoreCase) && !url.AsSpan(6).StartsWith("/"))
            url = "file://" + url[5..]; // the form that every reader of direct_url.json knows (RFC 8089)
        // The key 'hash' is for readers of before 2023.
        DirectUrlSource source =
            candidate.Kind == DistributionKind.Tree
                ? new DirectUrlSource.LocalDirectory(isEditable ? true : null)
                : new DirectUrlSource.Archive(
                    candidate.Sha256 is { } hash ? [new("sha256", hash)] : [],
                    candidate.Sha256 is null ? null : $"sha256={candidate.Sha256}"
                );
        return new DirectUrl(DirectUrl.StripCredentials(url), source, Subdirectory(fragment));
    }

    private static string? Subdirectory(string fragment) =>
        fragment
            .Split('&')
            .Select(part => part.Split('=', 2))
            .Where(part => part is ["subdirectory", { Length: > 0 }])
            .Select(part => Uri.UnescapeDataString(part[1]))
            .FirstOrDefault();

    private static void Put(string distInfo, string name, string? content)
    {
        var (path, file) = (Path.Combine(distInfo, name), Path.Combine(distInfo, "RECORD"));
        if (content == (File.Exists(path) ? File.ReadAllText(path) : null))
            return;
        var listed = $"{Path.GetFileName(distInfo)}/{name}";
        var entries = Record.Read(File.ReadAllText(file)).Entries.Where(entry => entry.Path != listed).ToList();
        if (content is null)
            File.Delete(path);
        else
        {
            var bytes = Encoding.UTF8.GetBytes(content);
            File.WriteAllBytes(path, bytes);
            entries.Add(RecordEntry.Of(listed, bytes));
        }
        File.WriteAllText(
            file,
            new Record([.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)]).ToString(),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        );
    }
}
