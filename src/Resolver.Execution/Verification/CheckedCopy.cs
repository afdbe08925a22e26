using System.Security.Cryptography;
using Resolver.Archives.Files;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;

namespace Resolver.Execution.Verification;

/// <summary>Copies a file while hashing it, for the step that uses it: pip reads the copy, so that nothing can replace
/// the file between the check and its use.</summary>
internal static class CheckedCopy
{
    private const int BufferSize = 1 << 20;

    /// <summary>Makes the copy.</summary>
    /// <param name="shown">How messages name the file.</param>
    /// <param name="file">A tree, or a file without a hash, is used where it is.</param>
    /// <param name="folder">Where the copy goes, under the file's own name; made where it does not exist.</param>
    /// <returns>What to use; or why the step must stop.</returns>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static (string Path, StepFailure? Failure) Of(string shown, ExpectedFile file, string folder)
    {
        if (file.Sha256 is not { } expected)
            return (file.Path, null);
        using var source = Open(file.Path, out var problem);
        if (source is null)
            return (
                file.Path,
                new StepFailure(
                    FailureCodes.ArchiveMissing,
                    $"{TerminalText.OneLine(shown)}: it cannot be read any more: {problem}"
                )
            );
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(folder, Path.GetFileName(file.Path));
        var found = Copy(source, copy);
        if (found == expected)
            return (copy, null);
        File.Delete(copy);
        return (
            file.Path,
            new StepFailure(
                FailureCodes.HashMismatch,
                $"{TerminalText.OneLine(shown)}: its content changed after planning (sha256 expected {expected}, found {found}); it was not used"
            )
        );
    }

    private static FileStream? Open(string path, out string? problem)
    {
        try
        {
            problem = null;
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                BufferSize
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = FileFault.Reason(exception);
            return null;
        }
    }

    private static string Copy(FileStream source, string copy)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var target = new FileStream(copy, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[BufferSize];
        while (source.Read(buffer) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
