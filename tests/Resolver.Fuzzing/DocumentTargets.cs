using System.Text;
using Resolver.Execution.Runs;
using Resolver.Packaging.Installed;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Scripts;

namespace Resolver.Fuzzing;

/// <summary>Readers of whole files that are no archives.</summary>
internal static class DocumentTargets
{
    private static readonly string RunFolder = WorkFolder.Make("run");

    public static void Metadata(byte[] bytes)
    {
        var read = CoreMetadata.Read(bytes);
        _ = MetadataValidation.Judge(read);
        var text = Encoding.UTF8.GetString(bytes);
        _ = Record.Read(text);
        _ = IniFile.TryRead(text);
        _ = DirectUrl.TryParse(bytes);
    }

    public static void RequirementFile(byte[] bytes)
    {
        _ = Packaging.RequirementFiles.RequirementFile.Read(
            "requirements.txt",
            path => path == "requirements.txt" ? bytes : null,
            name => name == "A" ? "a" : null
        );
        _ = ScriptMetadata.TryParse(Encoding.UTF8.GetString(bytes), "script.py");
    }

    public static void Lock(byte[] bytes)
    {
        _ = PyLock.Validate(Encoding.UTF8.GetString(bytes));
        if (PyLock.TryParse(bytes) is not { Success: true } read)
            return;
        var text = PyLockWriter.Write(read.Value);
        var again = PyLock.TryParse(text);
        Law.Same(true, again.Success, text);
        Law.Same(text, PyLockWriter.Write(again.Value), text);
    }

    /// <summary>Each line gets the checksum that belongs to it, so that what stands behind is reached; where the first
    /// byte is even, they stay as they are.</summary>
    public static void Journal(byte[] bytes)
    {
        if (bytes.Length > 0 && bytes[0] % 2 != 0)
            bytes = WithSums(bytes);
        File.WriteAllBytes(Path.Combine(RunFolder, Execution.Runs.Journal.FileName), bytes);
        try
        {
            _ = RunState.Of(Execution.Runs.Journal.Read(RunFolder));
        }
        catch (FormatException)
        {
            // Damage that is seen.
        }
    }

    private static byte[] WithSums(byte[] bytes)
    {
        var sums = JournalChecksum.After([])!;
        var all = new List<byte>();
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            var line = bytes.AsSpan()[range];
            if (line.Length > 2)
                all.AddRange(sums.Add([.. line, (byte)'\n']));
        }
        return [.. all];
    }
}
