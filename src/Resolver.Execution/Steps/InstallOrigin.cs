using System.Security.Cryptography;
using System.Text;
using Resolver.Execution.Destinations;
using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Execution.Steps;

/// <summary>What an installed project says of why it is there: <c>REQUESTED</c> (PEP 376) where the user named it, and
/// <c>direct_url.json</c> (PEP 610) where a requirement names its file. pip is given a file for each step, and would
/// write both for all.</summary>
internal static class InstallOrigin
{
    /// <summary>Puts both in order, RECORD included. Without a RECORD nothing is done.</summary>
    /// <param name="distInfo">The project's dist-info, absolute.</param>
    public static void Write(PlanStep step, string distInfo)
    {
        if (!File.Exists(Path.Combine(distInfo, "RECORD")))
            return;
        var isRequested = step.NeededBy.Any(need => need is { Name: null, Role: Role.Root });
        var reference = step.NeededBy.Select(need => need.Requirement.Url).FirstOrDefault(url => url is not null);
        Put(distInfo, "REQUESTED", isRequested ? [] : null);
        Put(distInfo, "direct_url.json", reference is null ? null : DirectUrl.Of(reference, step.Candidate));
    }

    private static void Put(string distInfo, string name, byte[]? content)
    {
        var (path, record) = (Path.Combine(distInfo, name), Path.Combine(distInfo, "RECORD"));
        var before = File.Exists(path) ? File.ReadAllBytes(path) : null;
        if (before is null ? content is null : content is not null && before.AsSpan().SequenceEqual(content))
            return;
        var listed = $"{Path.GetFileName(distInfo)}/{name}";
        var text = File.ReadAllText(record);
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = text.Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0 && RecordFile.Entry(line).Path != listed)
            .ToList();
        if (content is null)
            File.Delete(path);
        else
        {
            File.WriteAllBytes(path, content);
            lines.Add($"{listed},sha256={RecordHash.Text(SHA256.HashData(content))},{content.Length}");
        }
        File.WriteAllText(
            record,
            string.Concat(lines.Select(line => line + end)),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        );
    }
}
