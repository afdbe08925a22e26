using System.IO.Compression;
using System.Text;
using Resolver.Archives.Containers;
using Resolver.Archives.Scanning;
using Resolver.Execution.Wheels;
using Resolver.Testing;

namespace Resolver.Fuzzing;

/// <summary>Readers of archives and of wheels, and what unpacks them.</summary>
internal static class ContainerTargets
{
    private static readonly string Folder = WorkFolder.Make("archives");

    public static void Tar(byte[] bytes)
    {
        if (bytes.Length >= 512)
            TarChecksums.Mend(bytes);
        ReadAll("a-1.0.tar.gz", bytes);
    }

    public static void Zip(byte[] bytes) => ReadAll("a-1.0.zip", bytes);

    /// <summary>The members of a wheel, separated by two NULs: METADATA, WHEEL, RECORD, entry_points.txt and a
    /// module.</summary>
    public static void Wheel(byte[] bytes)
    {
        var parts = Encoding.Latin1.GetString(bytes).Split("\0\0");
        var path = Path.Combine(Folder, "a-1.0-py3-none-any.whl");
        using (var file = File.Create(path))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            string[] names = ["METADATA", "WHEEL", "RECORD", "entry_points.txt"];
            for (var i = 0; i < parts.Length && i <= names.Length; i++)
            {
                var name = i < names.Length ? $"a-1.0.dist-info/{names[i]}" : "a.py";
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(Encoding.Latin1.GetBytes(parts[i]));
            }
        }
        Law.NoFault(ArchiveScanner.Scan([path], ScanOptions.Default));
        _ = WheelRecord.Defect(path, isBuilt: false);
    }

    private static void ReadAll(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        try
        {
            _ = ContainerReader.Read(path, _ => true, ContainerLimits.Default, hash: false);
        }
        catch (ContainerException)
        {
            // Refused, with its reason.
        }
        Law.NoFault(ArchiveScanner.Scan([path], ScanOptions.Default));
        var into = Path.Combine(Folder, "around", "in");
        Directory.CreateDirectory(into);
        try
        {
            Unpacker.Unpack(path, into, ContainerLimits.Default);
        }
        catch (Exception refused) when (refused is ContainerException or IOException)
        {
            // An IOException where a name is none for this file system.
        }
        Law.Same(1, Directory.GetFileSystemEntries(Path.Combine(Folder, "around")).Length, "written outside");
        Directory.Delete(Path.Combine(Folder, "around"), recursive: true);
    }
}
