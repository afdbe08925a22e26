using System.Security.Cryptography;
using Resolver.Archives.Files;
using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Verification;

/// <summary>Whether the files of a plan are those it was made from. Asked for all before anything is run.</summary>
internal static class ArchiveHash
{
    /// <summary>Null where the step's file or tree is there and its content is the planned one.</summary>
    public static ExecutionOutcome.Refused? Refusal(PlanStep step, string file)
    {
        var shown = Processes.TerminalText.OneLine(step.Candidate.Path ?? "");
        if (PathBytes.AreEscaped(file))
            return new(
                FailureCodes.ArchiveMissing,
                $"{shown}: this path is not UTF-8, and pip cannot be given it: rename it, or make a link to it with another name"
            );
        if (step.Candidate.Sha256 is not { } expected)
            return Directory.Exists(file) || File.Exists(file)
                ? null
                : new(FailureCodes.ArchiveMissing, $"{shown}: it is not there any more");
        try
        {
            using var stream = DiskFile.OpenRead(file);
            var actual = Convert.ToHexStringLower(SHA256.HashData(stream));
            return actual == expected
                ? null
                : new(
                    FailureCodes.HashMismatch,
                    $"{shown}: its content is not what was planned (sha256 {actual}, planned {expected}); nothing was run"
                );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(FailureCodes.ArchiveMissing, $"{shown}: it is not there any more");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(FailureCodes.ArchiveMissing, $"{shown}: it cannot be read: {FileFault.Reason(exception)}");
        }
    }
}
