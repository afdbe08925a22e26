using System.IO.Compression;
using Resolver.Archives.Containers;
using Resolver.Execution.Processes;
using Resolver.Execution.Verification;
using Resolver.Packaging.Installed;

namespace Resolver.Execution.Wheels;

/// <summary>Whether the files of a wheel are those of its RECORD. The binary distribution format requires installers
/// to check it: installation fails if a file, apart from RECORD and its signatures, is not both mentioned and
/// correctly hashed there. pip does not check it.</summary>
internal static class WheelRecord
{
    private const string RecordName = "RECORD";

    // The format forbids these, by name.
    private static readonly HashSet<string> Weak = new(StringComparer.OrdinalIgnoreCase) { "md5", "sha1", "sha224" };

    /// <summary>What does not hold: one line that names the file in the wheel, the kind of hash, the expected and the
    /// found value. Null where all holds, and where the file is no zip: pip says so.</summary>
    /// <param name="wheel">Its path.</param>
    /// <param name="isBuilt">Whether it was built by a run: the whole wheel is hashed then, and again at each use, so
    /// that a line without a hash, or a file without a line, as small backends leave them, takes nothing away: pip
    /// lists what it installs itself.</param>
    /// <exception cref="IOException">The wheel cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string? Defect(string wheel, bool isBuilt)
    {
        using var zip = Open(wheel);
        if (zip is null)
            return null;
        try
        {
            var records = zip.Entries.Where(IsRecord).ToList();
            return records is [var record] ? Defect(zip, record, isBuilt)
                : records.Count == 0 ? "it has no .dist-info/RECORD"
                : $"it has {records.Count} RECORD files";
        }
        catch (InvalidDataException exception)
        {
            return $"it cannot be unpacked: {exception.Message}";
        }
    }

    private static OpenedZip? Open(string wheel)
    {
        try
        {
            return OpenedZip.OpenRead(wheel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? Defect(OpenedZip zip, ZipArchiveEntry record, bool isBuilt)
    {
        var listed = new Dictionary<string, RecordEntry>(StringComparer.Ordinal);
        foreach (var entry in Record.Read(Text(zip, record)).Entries)
        {
            // A file may be listed twice; a line that says something else cannot be true as well.
            if (!listed.TryAdd(entry.Path, entry) && listed[entry.Path] != entry)
                return $"{TerminalText.OneLine(entry.Path)} is listed twice in its RECORD, with different hashes or sizes";
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in zip.Entries.Where(file => !file.FullName.EndsWith('/')))
        {
            seen.Add(file.FullName);
            if (!IsExempt(file.FullName, record.FullName) && Defect(zip, file, listed, isBuilt) is { } defect)
                return $"{TerminalText.OneLine(file.FullName)} {defect}";
        }
        var absent = listed.Keys.FirstOrDefault(path =>
            !seen.Contains(path) && !path.EndsWith('/') && !IsExempt(path, record.FullName)
        );
        return absent is null ? null : $"RECORD lists {TerminalText.OneLine(absent)}, which is not in the wheel";
    }

    private static string? Defect(
        OpenedZip zip,
        ZipArchiveEntry file,
        Dictionary<string, RecordEntry> listed,
        bool isBuilt
    )
    {
        if (!listed.TryGetValue(file.FullName, out var entry))
            return isBuilt ? null : "is not listed in its RECORD";
        if (entry.Digest is not { } expected)
            return isBuilt ? null : "has no hash in its RECORD";
        if (Weak.Contains(entry.Algorithm!))
            return $"has a hash of kind {entry.Algorithm} in its RECORD, which the wheel format forbids";
        using var content = zip.Open(file);
        return RecordHash.Of(entry.Algorithm, content) switch
        {
            null => $"has a hash of the unknown kind {TerminalText.OneLine(entry.Algorithm!)} in its RECORD",
            var found when RecordHash.Fits(expected, found) => null,
            var found =>
                $"does not match its RECORD ({entry.Algorithm} expected {TerminalText.OneLine(expected)}, found {found})",
        };
    }

    private static string Text(OpenedZip zip, ZipArchiveEntry record)
    {
        using var reader = new StreamReader(zip.Open(record));
        return reader.ReadToEnd();
    }

    private static bool IsRecord(ZipArchiveEntry entry) =>
        entry.FullName.Split('/') is [var folder, RecordName]
        && folder.EndsWith(".dist-info", StringComparison.Ordinal);

    // RECORD cannot hold its own hash, and signatures are made after it.
    private static bool IsExempt(string path, string record) =>
        path == record || path == record + ".jws" || path == record + ".p7s";
}
