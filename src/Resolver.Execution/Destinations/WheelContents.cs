using System.IO.Compression;
using Resolver.Archives.Containers;
using Resolver.Interpreters;
using Resolver.Packaging.Installed;

namespace Resolver.Execution.Destinations;

/// <summary>Where the files of a wheel will lie (PEP 427, "Installing a wheel"), known before pip is started: what
/// they would write over can be saved.</summary>
internal static class WheelContents
{
    /// <summary>The paths, absolute; nothing where the file is no wheel that can be read: pip will say so.</summary>
    public static IReadOnlyList<string> Targets(
        string wheel,
        InstallDestination destination,
        Interpreter interpreter
    ) => [.. Files(wheel, destination, interpreter).Select(file => file.Path)];

    /// <summary>The files, each path once; nothing where the file is no wheel that can be read: pip will say
    /// so.</summary>
    public static IReadOnlyList<WheelFile> Files(string wheel, InstallDestination destination, Interpreter interpreter)
    {
        var targets = new Dictionary<string, WheelFile>(StringComparer.Ordinal);
        var sites = destination.SiteFolders(interpreter);
        var scripts = destination.ScriptFolder(interpreter);
        try
        {
            using var zip = OpenedZip.OpenRead(wheel);
            foreach (var entry in zip.Entries)
            {
                if (entry.FullName.EndsWith('/'))
                    continue;
                var parts = entry.FullName.Split('/', 3);
                if (parts is [var data, var scheme, var below] && data.EndsWith(".data", StringComparison.Ordinal))
                    Add(
                        scheme switch
                        {
                            "scripts" => [scripts],
                            "purelib" or "platlib" => sites,
                            "data" => [destination.DataFolder(interpreter)],
                            _ => [],
                        },
                        below,
                        entry,
                        null
                    );
                else
                    Add(sites, entry.FullName, entry, null);
                if (parts is [var info, "entry_points.txt"] && info.EndsWith(".dist-info", StringComparison.Ordinal))
                    AddCommands(zip, entry);
            }
        }
        catch (Exception exception)
            when (exception is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
        return [.. targets.Values];

        void Add(IReadOnlyList<string> folders, string name, ZipArchiveEntry entry, string? entryPoint)
        {
            foreach (var folder in folders)
            {
                var path = Path.GetFullPath(Path.Combine(folder, name));
                targets[path] = entryPoint is null
                    ? new WheelFile(path, $"{entry.Length} {entry.Crc32}", entry.Length, entry.Crc32)
                    : new WheelFile(path, entryPoint, null, 0);
            }
        }

        // pip makes a script of each, by its name.
        void AddCommands(OpenedZip zip, ZipArchiveEntry entry)
        {
            using var reader = new StreamReader(zip.Open(entry));
            foreach (var (name, target) in EntryPointsFile.Scripts(reader))
                Add([scripts], name, entry, target);
        }
    }
}
